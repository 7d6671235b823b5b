import { UNPRINTABLE } from '../../verification/internal/printable';
import { Report } from '../reports';

/** The version of the schema: `schemas/access-1.json`. A report can get further properties without a new version. */
const VERSION = 1;

/** JSON for programs. It is ASCII where a character could steer a terminal, or look like another one. */
export const json = (report: Report): string => `${JSON.stringify({ version: VERSION, ...report }, undefined, 2).split('\n').map(escaped).join('\n')}\n`;

/** Each code unit by itself, as JSON requires. */
const escaped = (line: string) => line.replace(UNPRINTABLE, (character) =>
  Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''));
