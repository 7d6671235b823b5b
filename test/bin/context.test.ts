import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { KEYS, settingsIn } from '../../bin/context';
import { IrsaTestStack } from '../../bin/irsa-test-stack';
import { context } from '../../cdk.json';

const KEYS_ARE = 'kubernetesVersion, adminPrincipalArn, allowPodImdsAccess, and those of aws-cdk';
const ARN = 'arn:aws:iam::123456789012:role/Admin';

/** The stack as the app defines it with these context values. */
const define = (values: { [key: string]: unknown }) => Template.fromStack(new IrsaTestStack(new App(), 'IrsaTestStack', settingsIn(values)));

test('each key sets its property', () => {
  expect(settingsIn({ kubernetesVersion: '1.35', adminPrincipalArn: ARN, allowPodImdsAccess: 'true' }))
    .toEqual({ kubernetesVersion: '1.35', adminPrincipalArn: ARN, allowPodImdsAccess: true });
  expect(settingsIn({})).toEqual({});
});

test('values in cdk.json may be booleans and numbers', () => {
  expect(settingsIn({ kubernetesVersion: 1.35, allowPodImdsAccess: false })).toEqual({ kubernetesVersion: '1.35', allowPodImdsAccess: false });
});

test('what the help says of versions is what the example accepts', () => {
  const [, oldest, newest, standard] = /from (1\.\d+) to (1\.\d+); default: (1\.\d+)$/.exec(KEYS.kubernetesVersion.meaning)!;
  define({}).hasResourceProperties('AWS::EKS::Cluster', { Version: standard });
  for (const kubernetesVersion of [oldest, newest]) {
    define({ kubernetesVersion }).hasResourceProperties('AWS::EKS::Cluster', { Version: kubernetesVersion });
    const [, minor] = kubernetesVersion.split('.').map(Number);
    expect(() => define({ kubernetesVersion: `1.${kubernetesVersion === oldest ? minor - 1 : minor + 1}` })).toThrow(/1\.\d+ or (later|earlier)/);
  }
});

test('fails for a version newer than those that the example is tested with', () => {
  expect(() => settingsIn({ kubernetesVersion: '1.99' })).toThrow(new Error('kubernetesVersion is "1.99", but must be 1.36 or earlier: '
    + 'this example is not tested with newer versions; if Amazon EKS offers Kubernetes 1.99, set version in your own stack'));
});

test.each(['latest', 'v1.36', '1.36.3', '1', ''])('fails for %j, which is not a minor version', (kubernetesVersion) => {
  expect(() => define({ kubernetesVersion }))
    .toThrow(new Error(`IrsaTestStack/Cluster: version is "${kubernetesVersion}", but must be a Kubernetes minor version, such as 1.36`));
});

test.each(['arn:aws:sts::123456789012:assumed-role/Admin/me', 'Admin', ''])('fails for %j as an administrator, which is no role or user', (adminPrincipalArn) => {
  expect(() => settingsIn({ adminPrincipalArn })).toThrow(new Error(`adminPrincipalArn is "${adminPrincipalArn}", but must be the ARN of an IAM role or user: `
    + 'arn:aws:iam::<account>:role/<name>, not that of a session of it, as aws sts get-caller-identity shows'));
});

test('fails for a allowPodImdsAccess that is neither true nor false', () => {
  expect(() => settingsIn({ allowPodImdsAccess: 'yes' })).toThrow(new Error('allowPodImdsAccess is "yes", but must be true or false'));
});

test.each(['foo', '', 'vpc', 'constructor', 'kubernetesVersoin', 'kubernetesversion'])('fails for the unknown key %j, and lists the keys', (key) => {
  expect(() => settingsIn({ [key]: 'bar' })).toThrow(new Error(`unknown context key "${key}": the keys are ${KEYS_ARE}`));
});

test('keys of aws-cdk pass: feature flags, what the CLI adds, and lookups', () => {
  const cli = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:bundling-stacks': ['**'], 'aws-cdk:enableDiffNoFail': true, '@aws-cdk/aws-iam.arnSizeEstimate': 1 };
  const lookups = {
    'availability-zones:account=123456789012:region=us-west-2': [],
    'vpc-provider:account=123456789012:filter.vpc-id=vpc-1:region=us-west-2:returnAsymmetricSubnets=true': {},
    'hosted-zone:account=123456789012:domainName=example.com:region=us-west-2': {},
    'ssm:account=123456789012:parameterName=/a:region=us-west-2': '',
  };
  const unnamespaced = { 'acknowledged-issue-numbers': [1], 'cli-telemetry': false, 'cdk-migrate': true };
  expect(settingsIn({ ...context, ...cli, ...lookups, ...unnamespaced })).toEqual({});
});
