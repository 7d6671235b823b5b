import { takes } from './judged';
import { checkNoMarks } from '../../lib/kubernetes/contract/marks';
import { checkRoleDescription, checkRoleName, checkRolePath } from '../../lib/private/iam-names';
import { checkAnnotations, checkLabelKey, checkLabels, checkLabelValue } from '../../lib/private/kubernetes-labels';
import { checkLabel, checkSubdomain } from '../../lib/private/kubernetes-names';

const CHECKS: [string, number, (name: string) => void][] = [
  ['checkRoleName', 64, (name) => checkRoleName('property', name)],
  ['checkRolePath', 512, (name) => checkRolePath('property', name)],
  ['checkRoleDescription', 1_000, (name) => checkRoleDescription('property', name)],
  ['checkLabelKey', 253, (name) => checkLabelKey('property', name)],
  ['checkLabelValue', 63, (name) => checkLabelValue('property', name)],
  ['checkLabels', 253, (name) => checkLabels('property', { [name]: name })],
  ['checkAnnotations', 253, (name) => checkAnnotations('property', { [name]: name })],
  ['checkNoMarks', 0, (name) => checkNoMarks('property', { [`cdk-irsa/${name}`]: name })],
  ['checkLabel', 63, (name) => checkLabel('property', name)],
  ['checkSubdomain', 253, (name) => checkSubdomain('property', name)],
];

const LENGTH = 2_000;
// each alone and between letters, because patterns fail at different places
const NAMES = [...'a-_./ ä\n', 'a/', 'a.', '-.', '${Token['].flatMap((part) => {
  const long = part.repeat(LENGTH / part.length);
  return [long, `a${long}a`, `/${long}a`];
});

/** The lengths of the texts that patterns read during a check, except for those with which the CDK looks for tokens. */
function lengthsRead(check: () => void, isTaken = false): number[] {
  const exec = jest.spyOn(RegExp.prototype, 'exec');
  try {
    expect(takes(check)).toBe(isTaken);
    return exec.mock.calls.filter((_, i) => !exec.mock.contexts[i].source.includes('Token')).map(([text]) => text.length);
  } finally {
    exec.mockRestore();
  }
}

test.each(CHECKS.filter(([, most]) => most > 0))('%s reads a short name with a pattern', (name, _, check) => {
  const short = name === 'checkRolePath' ? '/a/' : 'a';
  expect(lengthsRead(() => check(short), true).length).toBeGreaterThan(0);
});

test.each(CHECKS)('%s rejects a long name before a pattern reads more than %d characters of it', (_, most, check) => {
  for (const name of NAMES) {
    expect(lengthsRead(() => check(name)).filter((length) => length > most)).toEqual([]);
  }
});
