import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../lib/verification/private/rules/rules';
import { read, ROOT } from '../documents';

const GUIDE = 'docs/validation.md';
const MARK = '<!-- Written by test/docs/validation.test.ts: UPDATE=1 writes it -->';

const rulesText = RULES.map(({ id, severity, title, why, fix }) => `### ${id}

${severity[0].toUpperCase()}${severity.slice(1)}: ${title}.

${why.replaceAll('<', '\\<')}

${fix.replaceAll('<', '\\<')}.
`).join('\n');

test('the guide has all rules, as the code has them', () => {
  const [before, rest] = read(GUIDE).split(MARK);
  const after = rest.slice(rest.indexOf('\n## '));
  const expected = `${before}${MARK}\n\n${rulesText}${after}`;
  if (process.env.UPDATE) {
    writeFileSync(join(ROOT, GUIDE), expected);
  }
  expect(read(GUIDE)).toBe(expected);
});
