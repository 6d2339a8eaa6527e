import type { Block, Item, LawDocument } from '#lib/rulebook';

const STYLE = `
@page { size: A4; margin: 20mm 18mm; @bottom-center { content: counter(page); font: 9pt sans-serif; } }
@page quer { size: A4 landscape; }
body { font: 11pt/1.45 "Liberation Sans", Arial, sans-serif; color: #1a1a1a; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 22pt; } h2 { font-size: 16pt; margin-top: 2.2em; break-after: avoid; } h3 { font-size: 12.5pt; margin: 1.6em 0 .3em; break-after: avoid; }
p { margin: .35em 0; } ul, ol { margin: .2em 0 .6em; padding-left: 1.4em; } li { margin: .1em 0; }
.muted { color: #555; font-size: 9.5pt; } .alert { border-left: 4px solid #a06000; background: #fdf4e3; padding: .4em .8em; margin: .5em 0; }
table { border-collapse: collapse; width: 100%; margin: .8em 0 1.4em; font-size: 9.5pt; } caption { text-align: left; font-weight: bold; font-size: 11pt; padding: .3em 0; }
th, td { hyphens: auto; border: 1px solid #999; padding: .25em .45em; text-align: left; vertical-align: top; } thead th { background: #eef2f7; } @media screen { .wide { display: block; overflow-x: auto; } } tr { break-inside: avoid; }
nav ul { list-style: none; padding-left: 0; } nav ul ul { padding-left: 1.2em; font-size: 9.5pt; } a { color: #1c3f6e; }
@media print { body { max-width: none; margin: 0; padding: 0; } a { color: inherit; text-decoration: none; } nav { break-after: page; } section.chapter { break-before: page; } .wide { page: quer; break-before: page; break-after: page; font-size: 9pt; } }
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The law book as one file that needs nothing else: to be read, printed and filed. */
export function printed({ title, contents, blocks }: LawDocument): string {
  const parts: string[] = [];
  let open = false;
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 2) {
      if (open) parts.push('</section>');
      parts.push('<section class="chapter">');
      open = true;
    }
    parts.push(html(block));
  }
  if (open) parts.push('</section>');
  return [
    '<!doctype html>',
    '<html lang="de">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head>`,
    `<body><h1>${escaped(title)}</h1>`,
    '<nav aria-label="Inhalt"><h2>Inhalt</h2><ul>',
    ...contents.map(
      ({ id, text, entries }) =>
        `<li><a href="#${escaped(id)}">${escaped(text)}</a>${entries.length > 0 ? `<ul>${entries.map((one) => `<li><a href="#${escaped(one.id)}">${escaped(one.text)}</a></li>`).join('')}</ul>` : ''}</li>`,
    ),
    '</ul></nav>',
    ...parts,
    '</body></html>',
    '',
  ].join('\n');
}

function html(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level} id="${escaped(block.id)}">${escaped(block.text)}</h${block.level}>`;
    case 'text':
      return block.tone === 'strong'
        ? `<p><strong>${escaped(block.text)}</strong></p>`
        : `<p${block.tone ? ' class="muted"' : ''}>${escaped(block.text)}</p>`;
    case 'list':
      return listed(block.items, block.ordered);
    case 'alert':
      return `<div class="alert"><p><strong>${escaped(block.title)}</strong></p><p>${escaped(block.text)}</p></div>`;
    case 'table':
      return [
        `<table${block.wide ? ' class="wide"' : ''}><caption>${escaped(block.caption)}</caption>`,
        `<thead><tr>${block.columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead><tbody>`,
        ...block.rows.map(
          ([head = '', ...cells]) =>
            `<tr><th scope="row">${escaped(head)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
        ),
        '</tbody></table>',
      ].join('\n');
  }
}

const listed = (items: readonly Item[], ordered = false): string => {
  const tag = ordered ? 'ol' : 'ul';
  return `<${tag}>${items.map(({ text, items: inner }) => `<li>${escaped(text)}${inner ? listed(inner) : ''}</li>`).join('')}</${tag}>`;
};
