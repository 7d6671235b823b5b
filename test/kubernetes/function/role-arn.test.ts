import { isRoleOfAccount } from '../../../lib/kubernetes/function/role-arn';

const CLUSTER = 'arn:aws:eks:us-west-2:123456789012:cluster/test';
const ROLE = 'arn:aws:iam::123456789012:role/';

test.each(['reader', 'pods/reader', 'a/b/reader', 'a:b/reader_+=,.@-', 'r'.repeat(64), `${'p'.repeat(510)}/r`])('a role of the account may be called %s', (name) => {
  expect(isRoleOfAccount(`${ROLE}${name}`, CLUSTER)).toBe(true);
});

test('a role of another partition belongs to a cluster there', () => {
  expect(isRoleOfAccount('arn:aws-cn:iam::123456789012:role/reader', 'arn:aws-cn:eks:cn-north-1:123456789012:cluster/test')).toBe(true);
  expect(isRoleOfAccount('arn:aws-cn:iam::123456789012:role/reader', CLUSTER)).toBe(false);
});

test.each([
  '', ' ', 'reader', ROLE, `${ROLE}pods/`, `${ROLE}a b`, `${ROLE}reader\n`, ` ${ROLE}reader`, `${ROLE}reader ${ROLE}admin`, `${ROLE}ä`, `${ROLE}${'r'.repeat(65)}`,
  `${ROLE}${'p'.repeat(600)}/r`, 'arn:aws:iam::666666666666:role/reader', 'arn:aws:iam::123456789012:user/reader', 'arn:aws:iam::aws:role/reader',
  'arn:aws:iam:us-west-2:123456789012:role/reader', 'arn:aws:sts::123456789012:assumed-role/reader/x', 'ARN:aws:iam::123456789012:role/reader', '-',
])('%j is no role of the account', (text) => {
  expect(isRoleOfAccount(text, CLUSTER)).toBe(false);
});

test('a long text is refused at once', () => {
  const start = performance.now();
  expect(isRoleOfAccount(`${ROLE}${'/'.repeat(1_000_000)}`, CLUSTER)).toBe(false);
  expect(performance.now() - start).toBeLessThan(1_000);
});

test.each(['', 'test', 'arn:aws:eks'])('no role belongs to a cluster whose ARN is %j', (cluster) => {
  expect(isRoleOfAccount(`${ROLE}reader`, cluster)).toBe(false);
  expect(isRoleOfAccount('arn:undefined:iam::undefined:role/reader', cluster)).toBe(false);
});
