import { Text } from '../../../lib/verification/private/values/text';
import { parseYaml } from '../../../lib/verification/private/values/yaml-text';
import { shown } from '../resolution/shown';
import { text } from '../texts';

const parsed = (written: string): any => parseYaml(text(written))?.map(shown);

test.each<[string, string, unknown[] | undefined]>([
  ['an object', 'kind: Role\nmetadata:\n  name: "a: b" # comment\n  labels: {a: \'it\'\'s\', "b" : [c, d e,]}\n', [{ kind: 'Role', metadata: { name: 'a: b', labels: { a: "it's", b: ['c', 'd e'] } } }]],
  ['lists', 'a:\n- b: 1\n  c:\n    - d\n    -\n      e: 2\nf:\n  - - g\n    - "h"\n', [{ a: [{ b: '1', c: ['d', { e: '2' }] }], f: [['g', 'h']] }]],
  ['documents', '---\na: 1\n---\n\n# nothing\n---\nb: 2\n...\n', [null, { a: '1' }, null, { b: '2' }, null]],
  ['texts of several lines', 'a: |\n  x: 1\n\n    y\nb: >-\n    z\nc: d\n  e\nf: [g,\n  h]\n', [{ a: 'x: 1\n\n  y', b: 'z', c: 'd e', f: ['g', 'h'] }]],
  ['nothing', 'a:\nb: null\nc: ~\nd: ""\n', [{ a: null, b: null, c: null, d: '' }]],
  ['values with colons', 'a: system:serviceaccounts\n"b:c": http://x#y\nrbac.authorization.k8s.io/aggregate-to-view: "true"\n', [{ 'a': 'system:serviceaccounts', 'b:c': 'http://x#y', 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }]],
  ['tags and anchors', 'a: !!str 1\nb: &c d\n', [{ a: '1', b: 'd' }]],
  ['templates of Helm', '{{- if .Values.rbac }}\na: {{ .Release.Name }}-x\n{{- end }}\n', [{ a: '{{ .Release.Name }}-x' }]],
  ['what only the deployment knows', 'a: <<Name>>-x\nb:\n  - "<<Other>>"\n', [{ a: '${Name}-x', b: ['${Other}'] }]],
  ['JSON', '{"a": ["b", {"c": null}]}', [{ a: ['b', { c: null }] }]],
  ['a list without an object', '- a\n- b: c', [['a', { b: 'c' }]]],
  ['Windows line ends', 'a:\r\n  b: c\r\n', [{ a: { b: 'c' } }]],
  ['an alias', 'a: *b', undefined],
  ['a text', 'a', undefined],
  ['a script', 'set -e\nkubectl apply -f - <<END\nkind: Role\nEND', undefined],
  ['a template of Helm that writes lines', 'a:\n{{ toYaml .Values.x | indent 2 }}\n', undefined],
  ['a key twice', 'a: 1\na: 2', undefined],
  ['brackets that do not end', 'a: [b', undefined],
  ['other escapes than those of JSON', 'a: "\\x41"', undefined],
  ['the characters that stand for what only the deployment knows', 'a: \uE0005\uE001\n', undefined],
  ['an object that is deep', `a: ${'['.repeat(200)}${']'.repeat(200)}`, undefined],
])('YAML is read, or not: %s', (_, written, expected) => {
  expect(parsed(written)).toEqual(expected);
});

test('a text is read once', () => {
  const written = Text.of('a: 1');
  expect(parseYaml(written)).toBe(parseYaml(written));
});
