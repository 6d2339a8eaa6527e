import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { sourcesProblems } from '../sources.problems';
import type { MalwareScanner, Verdict } from './malware-scanner';

const SECONDS = 60;
/** An answer is one line; more than this is no scanner. */
const MOST = 4096;

/**
 * A clamd over TCP (`clamd(8)`, INSTREAM): chunks with their length in four bytes, big end first, an empty one at the
 * end, one answer ended by a zero byte. Anything but `OK` or `FOUND` is no answer.
 */
export class ClamdScanner implements MalwareScanner {
  readonly name = 'clamd';

  constructor(
    private readonly host: string,
    private readonly port: number,
    private readonly seconds = SECONDS,
  ) {}

  async scan(file: string): Promise<Verdict> {
    const socket = connect({ host: this.host, port: this.port });
    // of the whole talk: a scanner that answers a byte a minute is none
    const deadline = setTimeout(() => socket.destroy(new Error('no answer in time')), this.seconds * 1000);
    try {
      const answered = answerOf(socket);
      const sent = send(socket, file);
      // a scanner that has seen enough answers before the end, and takes no more
      sent.catch(() => undefined);
      await Promise.race([sent, answered]);
      return verdict(await answered);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).path === file) throw cause;
      throw sourcesProblems.scanner_unavailable({ cause });
    } finally {
      clearTimeout(deadline);
      socket.destroy();
    }
  }
}

async function send(socket: Socket, file: string): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'));
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 16 })) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE((chunk as Buffer).length);
    await write(socket, Buffer.concat([length, chunk as Buffer]));
  }
  await write(socket, Buffer.alloc(4));
}

const write = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())));

function answerOf(socket: Socket): Promise<string> {
  const answer = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      text += part;
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')));
      else if (text.length > MOST) reject(new Error('the answer does not end'));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the scanner hung up')));
  });
  // whoever waits for it sees the error; nobody may wait any more
  answer.catch(() => undefined);
  return answer;
}

function verdict(answer: string): Verdict {
  if (answer === 'stream: OK') return { clean: true };
  const found = /^stream: (.{1,200}) FOUND$/.exec(answer)?.[1];
  if (found) return { clean: false, found };
  throw new Error(`the scanner said: ${answer.slice(0, 200)}`);
}
