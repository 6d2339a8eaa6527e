/** Rows as CSV text (RFC 4180): written here and not with the product's own code, which is what is checked. */
export const stringify = (rows: readonly (readonly string[])[], delimiter: string): string =>
  rows
    .map((row) =>
      row.map((cell) => (/[";,\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter),
    )
    .join('\n') + '\n';
