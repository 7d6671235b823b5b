import { json } from './json';
import { markdown } from './markdown';
import { text } from './text';

/** The formats of `--format`. */
export const FORMATS = { text, json, markdown } as const;

/** The name of a format. */
export type Format = keyof typeof FORMATS;
