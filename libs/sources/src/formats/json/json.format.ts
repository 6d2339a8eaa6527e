import type { OutputFormat } from '../format';

export const json = {
  name: 'json',
  mediaType: 'application/json',
  parameters: 'charset=utf-8',
  extension: 'json',
  title: 'JSON',
  copy: 'FORMAT json, ARRAY true',
} as const satisfies OutputFormat;
