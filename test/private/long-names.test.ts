import { checkNoMarks } from '../../lib/kubernetes/contract/marks';
import { checkRoleDescription, checkRoleName, checkRolePath } from '../../lib/private/iam-names';
import { checkAnnotations, checkLabelKey, checkLabels, checkLabelValue } from '../../lib/private/kubernetes-labels';
import { checkLabel, checkSubdomain } from '../../lib/private/kubernetes-names';

const LENGTH = 300_000;
/** A limit for checks that take milliseconds in linear time, and a minute in quadratic time. */
const MOST_MILLISECONDS = 1_000;

const CHECKS: [string, (name: string) => void][] = [
  ['checkRoleName', (name) => checkRoleName('property', name)],
  ['checkRolePath', (name) => checkRolePath('property', name)],
  ['checkRoleDescription', (name) => checkRoleDescription('property', name)],
  ['checkLabelKey', (name) => checkLabelKey('property', name)],
  ['checkLabelValue', (name) => checkLabelValue('property', name)],
  ['checkLabels', (name) => checkLabels('property', { [name]: name })],
  ['checkAnnotations', (name) => checkAnnotations('property', { [name]: name })],
  ['checkNoMarks', (name) => checkNoMarks('property', { [`cdk-irsa/${name}`]: name })],
  ['checkLabel', (name) => checkLabel('property', name)],
  ['checkSubdomain', (name) => checkSubdomain('property', name)],
];

// each alone and between letters, because patterns fail at different places
const NAMES = [...'a-_./ ä\n', 'a/', 'a.', '-.', '${Token['].flatMap((part) => {
  const long = part.repeat(LENGTH / part.length);
  return [long, `a${long}a`, `/${long}a`];
});

test.each(CHECKS)('%s rejects a long name quickly', (_, check) => {
  for (const name of NAMES) {
    const start = performance.now();
    expect(() => check(name)).toThrow();
    expect({ name: name.slice(0, 10), late: performance.now() - start > MOST_MILLISECONDS }).toEqual({ name: name.slice(0, 10), late: false });
  }
});
