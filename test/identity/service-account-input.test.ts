import { Duration, Token } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ExistingObjects, ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject, ServiceAccountWithRole, ServiceAccountWithRoleProps } from '../../lib';
import { newCluster, newStack } from '../stacks';

function define(props: Partial<ServiceAccountWithRoleProps> = {}) {
  const stack = newStack();
  const cluster = newCluster(stack);
  new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', ...props });
  return { stack, cluster };
}

test('fails for an account that the stack defines already', () => {
  const { stack, cluster } = define();
  expect(() => new ServiceAccountWithRole(stack, 'Again', { cluster, serviceAccountName: 'reader', existing: ExistingObjects.TAKE_OVER })).toThrow(new Error(
    'Stack/Again: service account default/reader of Stack/Cluster is defined by Stack/Reader already: '
    + 'use that one for both, give this account another name or namespace'));
});

test('fails for an account that another stack defines already, unless one of them asks to take it over', () => {
  const { stack, cluster } = define();
  const again = (id: string, existing?: ExistingObjects) =>
    new ServiceAccountWithRole(newStack(id, {}, stack.node.root), 'Reader', { cluster, serviceAccountName: 'reader', existing });
  expect(() => again('Other')).toThrow(new Error(
    'Other/Reader: service account default/reader of Stack/Cluster is defined by Stack/Reader already: '
    + 'use that one for both, give this account another name or namespace, or set existing: ExistingObjects.TAKE_OVER here while it moves to this stack'));
  expect(() => again('New', ExistingObjects.TAKE_OVER)).not.toThrow();
  expect(() => new ServiceAccountWithRole(stack.node.root.node.findChild('New'), 'Again', { cluster, serviceAccountName: 'reader', existing: ExistingObjects.TAKE_OVER })).toThrow(
    'New/Again: service account default/reader of Stack/Cluster is defined by New/Reader already');
});

test('fails for an account that is to be kept as it is', () => {
  expect(() => define({ existing: ExistingObjects.KEEP })).toThrow(new Error('Stack/Reader: existing is "KEEP", but must be ExistingObjects.REFUSE '
    + 'or ExistingObjects.TAKE_OVER: an account that is kept as it is would not name the role'));
});

describe('the service account that every namespace has', () => {
  const message = (way: string) => 'serviceAccountName is "default", but must be another name: every namespace has this service account already, and all its pods '
    + `that name no service account would get the role; if you want that, set existing: ExistingObjects.TAKE_OVER${way}`;

  test('is an error, unless it is taken over', () => {
    for (const namespace of [undefined, 'reports']) {
      expect(() => define({ serviceAccountName: 'default', namespace })).toThrow(new Error(`Stack/Reader: ${message('')}`));
      expect(() => define({ serviceAccountName: 'default', namespace, existing: ExistingObjects.TAKE_OVER })).not.toThrow();
    }
  });

  test('is an error in a set, unless the set takes over', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    const defineIn = (id: string, existing?: ExistingObjects) =>
      new ServiceAccountSet(stack, id, { cluster, existing }).addServiceAccountWithRole('Default', { serviceAccountName: 'default' });
    expect(() => defineIn('Set')).toThrow(new Error(`Stack/Set/Default: ${message(' on the set')}`));
    expect(() => defineIn('Taking', ExistingObjects.TAKE_OVER)).not.toThrow();
  });
});

test('a shared role keeps nothing of an account that another region refuses', () => {
  const clusterStack = newStack('ClusterStack', { env: { region: 'us-west-2' } });
  const cluster = newCluster(clusterStack);
  const serviceAccountRole = new ServiceAccountRole(clusterStack, 'Shared', { cluster, subjects: [ServiceAccountSubject.exact('default', 'first')] });
  const stack = newStack('Other', { env: { region: 'eu-west-1' } }, clusterStack.node.root);
  expect(() => new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', serviceAccountRole }))
    .toThrow('the stack\'s region is "eu-west-1", but must be us-west-2, that of the cluster');
  expect(JSON.stringify(Template.fromStack(clusterStack).findResources('AWS::IAM::Role'))).not.toContain('default:reader');
});

const A_NAME = '63 letters, digits, hyphens, underscores and dots, with a letter or digit first and last';
const EXACT = 'but must be one exact name, without * and ?: for a pattern, use a ServiceAccountRole with '
  + 'ServiceAccountSubject.pattern(namespacePattern, serviceAccountNamePattern)';
const manyPolicies = Array.from({ length: 26 }, (_, i) => iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`));

test.each<[string, Partial<ServiceAccountWithRoleProps>, string]>([
  ['name', { serviceAccountName: 'a..b' }, 'serviceAccountName is "a..b", but must be an RFC 1123 subdomain of 1 to 253 lower-case letters, digits, hyphens and '
    + 'dots, with a letter or digit at each end and on both sides of each dot: for example "a.b"'],
  ['namespace', { namespace: 'a.b' }, 'namespace is "a.b", but must be an RFC 1123 label of 1 to 63 lower-case letters, digits and hyphens, '
    + 'with a letter or digit first and last: for example "a-b"'],
  ['name that is a pattern', { serviceAccountName: 'team-*' }, `serviceAccountName is "team-*", ${EXACT}`],
  ['namespace that is a pattern', { namespace: 'team-*' }, `namespace is "team-*", ${EXACT}`],
  ['label', { labels: { team: 'a b' } }, `labels['team'] is "a b", but must be a text that is empty or of 1 to ${A_NAME}: for example "a-b"`],
  ['key of a label', { labels: { 'a b': '' } }, `a key of labels is "a b", but must be 1 to ${A_NAME}, or an RFC 1123 subdomain, `
    + 'a slash and such a name: for example "team" or "example.com/team"'],
  ['key of an annotation', { annotations: { '/a': '' } }, `a key of annotations is "/a", but must be 1 to ${A_NAME}, or an RFC 1123 subdomain, `
    + 'a slash and such a name: for example "team" or "example.com/team"'],
  ['annotation of more than 256 KiB', { annotations: { a: 'a'.repeat(262_144) } }, 'the size of annotations is 262145, but must be at most 262144 bytes, '
    + 'keys and values together: put large data into a ConfigMap'],
  ['mark of the function\'s', { annotations: { 'cdk-irsa/owner': 'me' } }, 'annotations[\'cdk-irsa/owner\'] must be left out: '
    + 'annotations with this prefix are set by the function'],
  ['token that lives too short', { tokenExpiration: Duration.minutes(9) }, 'tokenExpiration is "9 minutes", but must be 10 minutes to 1 day, in whole seconds: '
    + 'for example 10 minutes'],
  ['token that lives too long', { tokenExpiration: Duration.days(2) }, 'tokenExpiration is "2 days", but must be 10 minutes to 1 day, in whole seconds: '
    + 'for example 1 day'],
  ['role\'s name', { roleName: 'pods/reader' }, 'roleName is "pods/reader", but must be 1 to 64 letters, digits and characters of _+=,.@-: for example "pods-reader"'],
  ['role\'s path', { path: 'pods' }, 'path is "pods", but must be / alone, or 3 to 512 printable ASCII characters without spaces, with / first and last: '
    + 'for example "/pods/"'],
  ['role\'s description', { description: 'a'.repeat(1001) }, 'the length of description is 1001, but must be at most 1000 characters: say it in fewer words'],
  ['session', { maxSessionDuration: Duration.hours(13) }, 'maxSessionDuration is "13 hours", but must be 1 hour to 12 hours, in whole seconds: for example 12 hours'],
  ['session that is known at deployment only', { maxSessionDuration: Duration.seconds(Token.asNumber({ Ref: 'Seconds' })) }, 'maxSessionDuration is "<token> seconds", '
    + 'but must be known when the app is synthesized: set a token on the role\'s CfnRole instead'],
  ['number of managed policies', { managedPolicies: manyPolicies }, 'the number of managedPolicies is 26, but must be at most 25, '
    + 'the most that IAM allows for a role: put what several of them allow into one policy of your own'],
])('fails for a %s that Kubernetes or IAM does not take, and says where', (_, props, message) => {
  expect(() => define(props)).toThrow(new Error(`Stack/Reader: ${message}`));
});

test('warns of more managed policies than IAM allows by default', () => {
  const { stack } = define({ managedPolicies: manyPolicies.slice(0, 11) });
  Annotations.fromStack(stack).hasWarning('/Stack/Reader/Role', 'the number of managedPolicies is 11, but IAM allows 10 for a role by default: '
    + 'have that quota raised, or put what several of them allow into one policy of your own [ack: cdk-irsa:managed-policy-quota]');
});

test.each([
  ['role-arn', 'arn:aws:iam::123456789012:role/mine', 'it names the role that this construct defines'],
  ['token-expiration', '3600', 'set the property tokenExpiration in its place'],
  ['audience', 'vault', 'the role trusts tokens for sts.amazonaws.com alone'],
])('fails for the annotation eks.amazonaws.com/%s, which the construct sets or the role rests on', (annotation, value, why) => {
  expect(() => define({ annotations: { [`eks.amazonaws.com/${annotation}`]: value } })).toThrow(new Error(
    `Stack/Reader: annotations['eks.amazonaws.com/${annotation}'] must be left out: ${why}`));
});
