/** What a browser would send of a form as it came: values of inputs, ticked boxes, chosen entries, texts. No script runs. */
export function filledForm(html: string, id: string): Record<string, string[]> {
  const form = new RegExp(`<form[^>]*id="${id}"[\\s\\S]*?</form>`).exec(html)?.[0] ?? '';
  const sent: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string): void => {
    if (name) (sent[name] ??= []).push(plain(value));
  };
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const type = attribute(tag, 'type') ?? 'text';
    if ((type === 'checkbox' || type === 'radio') && !/\schecked[=\s>/]/.test(tag)) continue;
    add(attribute(tag, 'name'), attribute(tag, 'value') ?? '');
  }
  for (const [, head, text] of form.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g))
    add(attribute(head!, 'name'), text!.replace(/^\n/, ''));
  for (const [, head, options] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const all = [...options!.matchAll(/<option[^>]*>/g)].map(([tag]) => tag);
    const chosen = all.find((tag) => /\sselected[=\s>]/.test(tag)) ?? all[0];
    if (chosen) add(attribute(head!, 'name'), attribute(chosen, 'value') ?? '');
  }
  return sent;
}

const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
