import { attachment } from './attachment';

describe('the file name of a download', () => {
  it('is told twice: in ASCII and in Unicode', () => {
    expect(attachment('Baumkataster-Grünflächen-v3.csv')).toBe(
      `attachment; filename=Baumkataster-Grunflachen-v3.csv; filename*=UTF-8''Baumkataster-Gr%C3%BCnfl%C3%A4chen-v3.csv`,
    );
  });

  it('is told when the cut goes through a sign', () => {
    expect(attachment(`${'a'.repeat(149)}😀.csv`)).toMatch(/^attachment; filename=a+; filename\*=UTF-8''a+%EF%BF%BD$/);
  });

  it('can neither end the header nor name a path nor turn the reading direction', () => {
    const field = attachment('a"\r\nSet-Cookie: x=1\u202Egnp.exe/../..\\b;c%00.csv');
    expect(field).not.toMatch(/[\r\n\u202e]/);
    const [, ascii] = /^attachment; filename="([^"]*)"; filename\*=UTF-8''\S+$/.exec(field) ?? [];
    expect(ascii).toBe('a_Set-Cookie_ x=1gnp.exe_.._.._b_c_00.csv');
  });
});
