import { renderToStaticMarkup } from 'react-dom/server';
import { Checkboxes, ErrorSummary, PostForm, TextField } from './forms';
import { PageContext } from './page-context';

const faults = [{ pointer: '/project', code: 'too_small', detail: 'Bitte nennen Sie das Vorhaben.' }];
const shown = (element: React.ReactElement, csrf: string | null = 'token-of-the-session') =>
  renderToStaticMarkup(<PageContext.Provider value={{ csrf, nonce: 'n' }}>{element}</PageContext.Provider>);

test('every form that changes something carries the token of the session', () => {
  expect(shown(<PostForm action="/x" />)).toContain('name="_csrf" value="token-of-the-session"');
});

test('a fault stands in the summary with a way to its field, and at the field, and is tied to it', () => {
  const html = shown(
    <>
      <ErrorSummary faults={faults} />
      <PostForm action="/x" faults={faults}>
        <TextField name="project" label="Vorhaben" value="Wege" hint="Wofür?" />
        <TextField name="other" label="Anderes" />
      </PostForm>
    </>,
  );
  expect(html).toContain('href="#field-project"');
  expect(html).toContain('id="field-project"');
  expect(html).toContain('aria-describedby="field-project-hint field-project-error"');
  expect(html).toContain('value="Wege"');
  expect(html.match(/aria-invalid/g)).toHaveLength(1);
});

test('a fault inside a list belongs to the group', () => {
  const html = shown(
    <PostForm action="/x" faults={[{ pointer: '/fields/3', code: 'x', detail: 'Unbekannt.' }]}>
      <Checkboxes
        name="fields"
        legend="Felder"
        value={['a']}
        options={[
          { value: 'a', text: 'a' },
          { value: 'b', text: 'b' },
        ]}
      />
    </PostForm>,
  );
  expect(html).toContain('id="field-fields-error"');
  expect(html.match(/checked/g)).toHaveLength(1);
});

test('what people write is shown as text and never as markup', () => {
  const html = shown(
    <PostForm action="/x">
      <TextField name="a" label="A" value={'"><script>alert(1)</script>'} />
      <TextField name="b" label="B" rows={2} value={'</textarea><img src=x onerror=alert(1)>'} />
    </PostForm>,
  );
  expect(html).not.toContain('<script');
  expect(html).not.toContain('<img');
});
