import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectorOf, CONNECTORS, recognise } from '#lib/sources';
import { renderToStaticMarkup } from 'react-dom/server';
import { PreviewView, UploadView } from './publish-upload.view';

const FILES: Record<string, string> = {
  csv: 'nr;ort\n1;Süd\n2;Ost\n',
  json: '{"nr":1,"ort":"Süd"}\n{"nr":2,"ort":"Ost"}\n',
};

test('the upload offers every kind of file, and to find out', () => {
  const html = renderToStaticMarkup(<UploadView id="x" />);
  for (const { kind, title, accept } of CONNECTORS) {
    expect(html).toContain(`<option value="${kind}">${title}</option>`);
    expect(html).toContain(accept[0]);
  }
  expect(html).toContain('Am Inhalt erkennen');
});

test.each(Object.entries(FILES))(
  'the preview of a %s says what was recognised and lets every setting be corrected',
  async (kind, content) => {
    const connector = connectorOf(kind);
    const folder = await mkdtemp(join(tmpdir(), 'preview-'));
    const file = join(folder, 'upload');
    await writeFile(file, content);
    const recognition = await recognise(file).finally(() => rm(folder, { recursive: true }));
    const suggestions = recognition.columns.map(() => ({ class: 'NONE' as const, because: 'kein Hinweis' }));
    const preview = { uploadId: 'u', fileName: 'a', recognition, suggestions };
    const html = renderToStaticMarkup(<PreviewView id="x" preview={preview} />);
    for (const [words] of connector.told(recognition.format)) expect(html).toContain(words);
    for (const name of Object.keys(connector.settings.shape)) {
      if (name !== 'types') expect(html).toContain(`name="${name}"`);
    }
    expect(html).toContain('name="type-1"');
    expect(html).toContain('Süd');
    expect(html).toContain(`<option value="${kind}" selected="">${connector.title}</option>`);
  },
);
