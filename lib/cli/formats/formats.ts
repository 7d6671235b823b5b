import { html } from './html';
import { json } from './json';
import { markdown } from './markdown';
import { sarif } from './sarif';
import { text } from './text';

/** The formats of `--format`. */
export const FORMATS = { text, json, markdown, sarif, html } as const;

/** The name of a format. */
export type Format = keyof typeof FORMATS;
