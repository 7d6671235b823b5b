import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessGraph } from './access-graph';
import { packGraph } from './packed-graph';

/** What the page consists of, besides its data. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

const PARTS = join(__dirname, '..', '..', 'assets', 'lib', 'page', 'browser', 'main');

/** The bundle of `browser/`. */
export const pageParts = (): PageParts =>
  ({ script: readFileSync(join(PARTS, 'index.js'), 'utf8'), style: readFileSync(join(PARTS, 'index.css'), 'utf8') });

/**
 * A page that shows a graph. It needs no other file, and its policy lets it load nothing: it runs this script only, and names of templates are data.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function pageHtml(graph: AccessGraph, { script, style }: PageParts = pageParts()): string {
  const policy = [
    "default-src 'none'", `script-src '${hashOf(script)}'`, `style-src '${hashOf(style)}'`, "base-uri 'none'", "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(`Who can do what: ${graph.title}`)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<noscript>This page needs JavaScript. For the same as text, run cdk-irsa access without --format.</noscript>',
    `<script type="application/json" id="access-graph">${dataText(graph)}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const hashOf = (content: string): string => `sha256-${createHash('sha256').update(content).digest('base64')}`;

/** Text of the page. Characters that hide or reorder others are escaped, as in all reports. */
const escaped = (text: string): string => text.replace(/[&<>"'\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `&#${character.codePointAt(0)};`);

/**
 * JSON that neither ends its element nor starts another state of the parser, with `</script` or `<!--`.
 *
 * @see https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
 */
const dataText = (graph: AccessGraph): string => JSON.stringify(packGraph(graph)).replace(/[<\u2028\u2029]/g, (character) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
