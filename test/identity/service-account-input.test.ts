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

test('fails for an account that the stack already defines', () => {
  const { stack, cluster } = define();
  expect(() => new ServiceAccountWithRole(stack, 'Again', { cluster, serviceAccountName: 'reader', existing: ExistingObjects.TAKE_OVER })).toThrow(new Error(
    'Stack/Again: service account default/reader of Stack/Cluster is already defined by Stack/Reader: '
    + 'use that construct, or give this service account another name or namespace'));
});

test('fails for an account that another stack already defines, unless one of them sets TAKE_OVER', () => {
  const { stack, cluster } = define();
  const again = (id: string, existing?: ExistingObjects) =>
    new ServiceAccountWithRole(newStack(id, {}, stack.node.root), 'Reader', { cluster, serviceAccountName: 'reader', existing });
  expect(() => again('Other')).toThrow(new Error(
    'Other/Reader: service account default/reader of Stack/Cluster is already defined by Stack/Reader: '
    + 'use that construct, or give this service account another name or namespace, or set existing: ExistingObjects.TAKE_OVER here while you move it to this stack'));
  expect(() => again('New', ExistingObjects.TAKE_OVER)).not.toThrow();
  expect(() => new ServiceAccountWithRole(stack.node.root.node.findChild('New'), 'Again', { cluster, serviceAccountName: 'reader', existing: ExistingObjects.TAKE_OVER })).toThrow(
    'New/Again: service account default/reader of Stack/Cluster is already defined by New/Reader');
});

test('fails for an account with KEEP', () => {
  expect(() => define({ existing: ExistingObjects.KEEP })).toThrow(new Error('Stack/Reader: existing is "KEEP", but must be ExistingObjects.REFUSE '
    + 'or ExistingObjects.TAKE_OVER: a service account that does not change would not name the role'));
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

test('a shared role does not trust an account that is rejected because of its region', () => {
  const clusterStack = newStack('ClusterStack', { env: { region: 'us-west-2' } });
  const cluster = newCluster(clusterStack);
  const serviceAccountRole = new ServiceAccountRole(clusterStack, 'Shared', { cluster, subjects: [ServiceAccountSubject.exact('default', 'first')] });
  const stack = newStack('Other', { env: { region: 'eu-west-1' } }, clusterStack.node.root);
  expect(() => new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', serviceAccountRole }))
    .toThrow('the stack\'s region is "eu-west-1", but must be us-west-2, the region of the cluster');
  expect(JSON.stringify(Template.fromStack(clusterStack).findResources('AWS::IAM::Role'))).not.toContain('default:reader');
});

const A_NAME = '63 letters, digits, hyphens, underscores and dots that begin and end with a letter or digit';
const EXACT = 'but must be one exact name, without * and ?: for a pattern, use a ServiceAccountRole with '
  + 'ServiceAccountSubject.pattern(namespacePattern, serviceAccountNamePattern)';
const manyPolicies = Array.from({ length: 26 }, (_, i) => iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`));

test.each<[string, Partial<ServiceAccountWithRoleProps>, string]>([
  ['name', { serviceAccountName: 'a..b' }, 'serviceAccountName is "a..b", but must be an RFC 1123 subdomain of 1 to 253 lowercase letters, digits, hyphens and '
    + 'dots, with a letter or digit at the beginning, at the end, and on both sides of each dot: for example "a.b"'],
  ['namespace', { namespace: 'a.b' }, 'namespace is "a.b", but must be an RFC 1123 label of 1 to 63 lowercase letters, digits and hyphens '
    + 'that begins and ends with a letter or digit: for example "a-b"'],
  ['name that is a pattern', { serviceAccountName: 'team-*' }, `serviceAccountName is "team-*", ${EXACT}`],
  ['namespace that is a pattern', { namespace: 'team-*' }, `namespace is "team-*", ${EXACT}`],
  ['label', { labels: { team: 'a b' } }, `labels['team'] is "a b", but must be an empty string or 1 to ${A_NAME}: for example "a-b"`],
  ['key of a label', { labels: { 'a b': '' } }, `a key of labels is "a b", but must be 1 to ${A_NAME}, optionally after an RFC 1123 subdomain and a slash: `
    + 'for example "team" or "example.com/team"'],
  ['key of an annotation', { annotations: { '/a': '' } }, `a key of annotations is "/a", but must be 1 to ${A_NAME}, optionally after an RFC 1123 subdomain and a slash: `
    + 'for example "team" or "example.com/team"'],
  ['annotation of more than 256 KiB', { annotations: { a: 'a'.repeat(262_144) } }, 'the size of annotations is 262145, but must be at most 262144 bytes, '
    + 'keys and values together: store large data in a ConfigMap'],
  ['annotation that only the function can set', { annotations: { 'cdk-irsa/owner': 'me' } }, 'annotations[\'cdk-irsa/owner\'] must be omitted: '
    + 'only the function sets annotations with this prefix'],
  ['token expiration that is too short', { tokenExpiration: Duration.minutes(9) }, 'tokenExpiration is "9 minutes", but must be 10 minutes to 1 day, in whole seconds: '
    + 'for example 10 minutes'],
  ['token expiration that is too long', { tokenExpiration: Duration.days(2) }, 'tokenExpiration is "2 days", but must be 10 minutes to 1 day, in whole seconds: '
    + 'for example 1 day'],
  ['role name', { roleName: 'pods/reader' }, 'roleName is "pods/reader", but must be 1 to 64 letters, digits and characters from _+=,.@-: for example "pods-reader"'],
  ['role path', { path: 'pods' }, 'path is "pods", but must be / or 3 to 512 printable ASCII characters without spaces, with / first and last: '
    + 'for example "/pods/"'],
  ['role description', { description: 'a'.repeat(1001) }, 'the length of description is 1001, but must be at most 1000 characters: shorten it'],
  ['session duration', { maxSessionDuration: Duration.hours(13) }, 'maxSessionDuration is "13 hours", but must be 1 hour to 12 hours, in whole seconds: for example 12 hours'],
  ['session duration that is known only at deployment', { maxSessionDuration: Duration.seconds(Token.asNumber({ Ref: 'Seconds' })) }, 'maxSessionDuration is "<token> seconds", '
    + 'but must be known when the app is synthesized: to use a token, set it on the CfnRole of the role'],
  ['number of managed policies', { managedPolicies: manyPolicies }, 'the number of managedPolicies is 26, but must be at most 25, '
    + 'the IAM maximum for a role: combine the permissions of several into one policy of your own'],
])('fails for an invalid %s, and names the property', (_, props, message) => {
  expect(() => define(props)).toThrow(new Error(`Stack/Reader: ${message}`));
});

test('warns of more managed policies than the default quota of IAM', () => {
  const { stack } = define({ managedPolicies: manyPolicies.slice(0, 11) });
  Annotations.fromStack(stack).hasWarning('/Stack/Reader/Role', 'the number of managedPolicies is 11, but IAM allows 10 for a role by default: '
    + 'request a quota increase, or combine the permissions of several into one policy of your own [ack: cdk-irsa:managed-policy-quota]');
});

test.each([
  ['role-arn', 'arn:aws:iam::123456789012:role/mine', 'this construct sets it to the ARN of the role'],
  ['token-expiration', '3600', 'use tokenExpiration instead'],
  ['sts-regional-endpoints', 'true', 'use stsRegionalEndpoints instead'],
  ['audience', 'vault', 'set audience on the cluster, so that its trust policies and its IAM OIDC provider accept these tokens'],
])('fails for the annotation eks.amazonaws.com/%s, which the construct or its cluster sets', (annotation, value, why) => {
  expect(() => define({ annotations: { [`eks.amazonaws.com/${annotation}`]: value } })).toThrow(new Error(
    `Stack/Reader: annotations['eks.amazonaws.com/${annotation}'] must be omitted: ${why}`));
});
