import { createHash } from 'node:crypto';
import { graphWith } from './graph';
import { unpackGraph } from '../../lib/page/packed-graph';
import { pageHtml, pageParts } from '../../lib/page/page-html';

/** What a browser makes of the elements of a page. The scripts of the page contain no markup. */
function elementsOf(page: string) {
  const [head, ...others] = page.split(/<\/?body>/);
  const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(head)!;
  const [, title] = /<title>([^<]*)<\/title>/.exec(head)!;
  const [, style] = /<style>([^<]*)<\/style>/.exec(head)!;
  const scripts = [...others.join('').matchAll(/<script([^>]*)>(.*?)<\/script/gs)].map(([, attributes, content]) => ({ attributes, content }));
  return { policy, title, style, scripts };
}

const hashOf = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

const PARTS = { script: 'run(1 < 2);', style: 'body { color: red }' };

test('the policy allows the script and the style of the page, and nothing else', () => {
  const { policy, style, scripts: [, { content }] } = elementsOf(pageHtml(graphWith('reader'), PARTS));
  expect(content).toBe(PARTS.script);
  expect(policy.split('; ')).toEqual(["default-src 'none'", `script-src ${hashOf(content)}`, `style-src ${hashOf(style)}`, "base-uri 'none'", "form-action 'none'"]);
});

test('the policy is before everything that it is about', () => {
  const page = pageHtml(graphWith('reader'), PARTS);
  expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style'));
  expect(page.indexOf('<meta charset="utf-8">')).toBeLessThan(page.indexOf('Content-Security-Policy'));
});

test('two runs write the same bytes', () => {
  expect(pageHtml(graphWith('reader'))).toBe(pageHtml(graphWith('reader')));
});

describe('names of templates are data', () => {
  const HOSTILE = [
    '</script><script>alert(1)</script>', '<!--<script>', '</SCRIPT ', ']]>', '</title><img src=x onerror=alert(1)>', '"\'&lt;&amp;', '\u202Eevil\u2066', '\u2028\u2029', '\u0000\u0007',
    'x'.repeat(1000), '\ud800', '__proto__', 'constructor',
  ];

  test.each(HOSTILE)('%j', (text) => {
    const page = pageHtml(graphWith(text), PARTS);
    const { scripts, title, policy, style } = elementsOf(page);
    expect(scripts.map(({ attributes }) => attributes)).toEqual([' type="application/json" id="access-graph"', '']);
    expect(unpackGraph(JSON.parse(scripts[0].content))).toEqual(graphWith(text));
    expect(scripts[0].content).not.toMatch(/[<\u2028\u2029]/);
    expect(title).not.toMatch(/[<>"'\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect([scripts[1].content, style]).toEqual([PARTS.script, PARTS.style]);
    expect(policy).not.toContain(text);
  });
});

describe('the bundle', () => {
  const { script, style } = pageParts();

  test('has at most 60 kB', () => {
    expect(Buffer.byteLength(script) + Buffer.byteLength(style)).toBeLessThanOrEqual(60_000);
  });

  test('ends no element of the page, and loads nothing', () => {
    expect(script).not.toMatch(/<\/script|<!--/i);
    expect(style).not.toMatch(/<\/style|@import|url\(/i);
    expect(script).not.toMatch(/\beval\(|new Function|fetch\(|XMLHttpRequest|WebSocket|innerHTML|insertAdjacentHTML|document\.write/);
  });
});
