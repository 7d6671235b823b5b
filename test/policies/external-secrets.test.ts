import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';
import { Context } from '../verification/second-opinion/conditions';

const secret = (place: Place, name: string) => arnIn(place, 'secretsmanager', `secret:${name}`);
const parameter = (place: Place, name: string) => arnIn(place, 'ssm', `parameter/${name}`);
const role = ({ partition, account }: Place, name: string) => `arn:${partition}:iam::${account}:role/${name}`;

/** A call that a service makes to AWS KMS for the controller. */
const useKey = (action: string, place: Place, service: string, id = 'mine') => ({
  action: `kms:${action}`,
  resource: arnIn(place, 'kms', `key/${id}`),
  context: { 'kms:ViaService': `${service}.${place.region}.amazonaws.com${place.partition === 'aws-cn' ? '.cn' : ''}` },
});

const keyIn = (stack: Stack, place: Place) => Key.fromKeyArn(stack, 'Key', arnIn(place, 'kms', 'key/mine'));

describeController('External Secrets', {
  policy: (stack, place) => new policies.ExternalSecretsPolicy({
    secrets: [Secret.fromSecretNameV2(stack, 'Secret', 'apps/db')],
    parameters: [StringParameter.fromStringParameterName(stack, 'Parameter', '/apps/url')],
    encryptionKeys: [keyIn(stack, place)],
    assumedRoles: [Role.fromRoleName(stack, 'Role', 'team-a')],
    findByNameOrTags: true,
  }),
  allowed: (place) => [
    { what: 'read a secret', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'apps/db-3d4e5f') },
    { what: 'read the tags of a secret', action: 'secretsmanager:DescribeSecret', resource: secret(place, 'apps/db-3d4e5f') },
    { what: 'find secrets by name', action: 'secretsmanager:ListSecrets' },
    { what: 'find secrets by tag', action: 'secretsmanager:BatchGetSecretValue' },
    { what: 'read a parameter', action: 'ssm:GetParameter', resource: parameter(place, 'apps/url') },
    { what: 'read the tags of a parameter', action: 'ssm:ListTagsForResource', resource: parameter(place, 'apps/url') },
    { what: 'find parameters', action: 'ssm:DescribeParameters' },
    { what: 'decrypt a secret', ...useKey('Decrypt', place, 'secretsmanager') },
    { what: 'decrypt a parameter', ...useKey('Decrypt', place, 'ssm') },
    { what: 'assume the role of a store', action: 'sts:AssumeRole', resource: role(place, 'team-a') },
    { what: 'pass tags to the role of a store', action: 'sts:TagSession', resource: role(place, 'team-a') },
  ],
  denied: (place) => [
    { what: 'read another secret', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'apps/other-3d4e5f') },
    { what: 'read another parameter', action: 'ssm:GetParameter', resource: parameter(place, 'apps/other') },
    { what: 'read all parameters of a path', action: 'ssm:GetParametersByPath', resource: parameter(place, 'apps') },
    { what: 'decrypt with another key', ...useKey('Decrypt', place, 'secretsmanager', 'other') },
    { what: 'decrypt directly', action: 'kms:Decrypt', resource: arnIn(place, 'kms', 'key/mine') },
    { what: 'decrypt objects', ...useKey('Decrypt', place, 's3') },
    { what: 'assume another role', action: 'sts:AssumeRole', resource: role(place, 'admin') },
    { what: 'change a secret', action: 'secretsmanager:PutSecretValue', resource: secret(place, 'apps/db-3d4e5f') },
    { what: 'delete a secret', action: 'secretsmanager:DeleteSecret', resource: secret(place, 'apps/db-3d4e5f') },
    { what: 'open a secret to others', action: 'secretsmanager:PutResourcePolicy', resource: secret(place, 'apps/db-3d4e5f') },
    { what: 'change a parameter', action: 'ssm:PutParameter', resource: parameter(place, 'apps/url') },
    { what: 'encrypt a parameter', ...useKey('Encrypt', place, 'ssm') },
  ],
});

const MANAGED: Context = { 'aws:ResourceTag/managed-by': 'external-secrets' };
const TAGGED: Context = { 'aws:RequestTag/managed-by': 'external-secrets' };

describeController('External Secrets with PushSecrets', {
  policy: (stack, place) => new policies.ExternalSecretsPolicy({
    secrets: [Secret.fromSecretAttributes(stack, 'Secret', { secretPartialArn: secret(place, 'apps/db'), encryptionKey: keyIn(stack, place) })],
    pushedSecretPrefixes: ['prod/'],
    pushedParameterPrefixes: ['/prod/'],
  }),
  allowed: (place) => [
    { what: 'read a secret', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'apps/db-3d4e5f') },
    { what: 'look for a secret', action: 'secretsmanager:DescribeSecret', resource: secret(place, 'prod/token-3d4e5f') },
    { what: 'create a secret', action: 'secretsmanager:CreateSecret', resource: secret(place, 'prod/token-3d4e5f'), context: TAGGED },
    { what: 'tag a secret', action: 'secretsmanager:TagResource', resource: secret(place, 'prod/token-3d4e5f'), context: TAGGED },
    { what: 'remove a tag of a secret', action: 'secretsmanager:UntagResource', resource: secret(place, 'prod/token-3d4e5f'), context: MANAGED },
    { what: 'change a secret', action: 'secretsmanager:PutSecretValue', resource: secret(place, 'prod/token-3d4e5f'), context: MANAGED },
    { what: 'reset the resource policy of a secret', action: 'secretsmanager:DeleteResourcePolicy', resource: secret(place, 'prod/token-3d4e5f'), context: MANAGED },
    { what: 'delete a secret', action: 'secretsmanager:DeleteSecret', resource: secret(place, 'prod/token-3d4e5f'), context: MANAGED },
    { what: 'look for a parameter', action: 'ssm:GetParameter', resource: parameter(place, 'prod/url') },
    { what: 'read the tags of a parameter', action: 'ssm:ListTagsForResource', resource: parameter(place, 'prod/url') },
    { what: 'write a parameter', action: 'ssm:PutParameter', resource: parameter(place, 'prod/url') },
    { what: 'tag a parameter', action: 'ssm:AddTagsToResource', resource: parameter(place, 'prod/url') },
    { what: 'remove a tag of a parameter', action: 'ssm:RemoveTagsFromResource', resource: parameter(place, 'prod/url') },
    { what: 'delete a parameter', action: 'ssm:DeleteParameter', resource: parameter(place, 'prod/url'), context: MANAGED },
    { what: 'decrypt a secret', ...useKey('Decrypt', place, 'secretsmanager') },
    { what: 'decrypt a parameter', ...useKey('Decrypt', place, 'ssm') },
    { what: 'encrypt a secret', ...useKey('GenerateDataKey', place, 'secretsmanager') },
    { what: 'encrypt a parameter', ...useKey('Encrypt', place, 'ssm') },
  ],
  denied: (place) => [
    { what: 'read another secret', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'apps/other-3d4e5f') },
    { what: 'change a secret that it reads', action: 'secretsmanager:PutSecretValue', resource: secret(place, 'apps/db-3d4e5f'), context: MANAGED },
    { what: 'take over another secret', action: 'secretsmanager:TagResource', resource: secret(place, 'apps/other-3d4e5f'), context: TAGGED },
    { what: 'delete a secret without the prefix', action: 'secretsmanager:DeleteSecret', resource: secret(place, 'apps/db-3d4e5f'), context: MANAGED },
    { what: 'delete a secret that it does not manage', action: 'secretsmanager:DeleteSecret', resource: secret(place, 'prod/token-3d4e5f') },
    { what: 'open a secret to others', action: 'secretsmanager:PutResourcePolicy', resource: secret(place, 'prod/token-3d4e5f'), context: MANAGED },
    { what: 'copy a secret to another Region', action: 'secretsmanager:ReplicateSecretToRegions', resource: secret(place, 'prod/token-3d4e5f'), context: MANAGED },
    { what: 'read another parameter', action: 'ssm:GetParameter', resource: parameter(place, 'apps/url') },
    { what: 'write another parameter', action: 'ssm:PutParameter', resource: parameter(place, 'production/url') },
    { what: 'delete a parameter without the prefix', action: 'ssm:DeleteParameter', resource: parameter(place, 'apps/url'), context: MANAGED },
    { what: 'delete a parameter that it does not manage', action: 'ssm:DeleteParameter', resource: parameter(place, 'prod/url') },
    { what: 'decrypt with another key', ...useKey('Decrypt', place, 'ssm', 'other') },
    { what: 'encrypt a secret with another key', ...useKey('GenerateDataKey', place, 'secretsmanager', 'other') },
    { what: 'encrypt a parameter with another key', ...useKey('Encrypt', place, 'ssm', 'other') },
    ...['Decrypt', 'GenerateDataKey', 'Encrypt'].map((name) => ({ what: `${name} directly`, action: `kms:${name}`, resource: arnIn(place, 'kms', 'key/mine') })),
    { what: 'list secrets', action: 'secretsmanager:ListSecrets' },
  ],
});

describe('ExternalSecretsPolicy', () => {
  const context = { clusterName: 'prod', partition: 'aws', region: 'us-west-2', account: '123456789012', usesIrsa: true, usesPodIdentity: false };
  const granted = (props: policies.ExternalSecretsPolicyProps) =>
    new policies.ExternalSecretsPolicy(props).bind(context).statements.map(({ actions, resources }) => [actions, resources]);

  test('only assumes roles if only roles are given', () => {
    const assumed = Role.fromRoleArn(new Stack(new App(), 'Stack'), 'Role', 'arn:aws:iam::210987654321:role/team-a');
    expect(granted({ assumedRoles: [assumed] })).toEqual([[['sts:AssumeRole', 'sts:TagSession'], ['arn:aws:iam::210987654321:role/team-a']]]);
  });

  test('reads all secrets and parameters if it is told to', () => {
    expect(granted({ allSecrets: true, allParameters: true })).toEqual([
      [['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], ['arn:aws:secretsmanager:us-west-2:123456789012:secret:*']],
      [['ssm:GetParameter', 'ssm:ListTagsForResource'], ['arn:aws:ssm:us-west-2:123456789012:parameter/*']],
    ]);
  });

  test.each([
    ['nothing', {}, 'secrets, parameters or assumedRoles must be set: to allow all secrets or parameters, set allSecrets or allParameters to true'],
    ['an empty list of secrets', { secrets: [] }, 'secrets must be a list of at least one'],
    ['an empty list of parameters', { parameters: [] }, 'parameters must be a list of at least one'],
    ['an empty list of roles', { allSecrets: true, assumedRoles: [] }, 'assumedRoles must be a list of at least one'],
    ['an empty list of prefixes', { pushedSecretPrefixes: [] }, 'pushedSecretPrefixes must be a list of at least one'],
    ['find with roles only', { assumedRoles: [Role.fromRoleArn(new Stack(new App(), 'Stack'), 'Role', 'arn:aws:iam::210987654321:role/team-a')], findByNameOrTags: true },
      'encryptionKeys and findByNameOrTags must be omitted without secrets and parameters: set one of these, or give the permissions to the assumed roles'],
    ['an empty prefix', { pushedSecretPrefixes: [''] }, 'pushedSecretPrefixes[0] is "", but must be the literal beginning of names'],
    ['the root of all parameters', { pushedParameterPrefixes: ['/prod/', '/'] }, 'pushedParameterPrefixes[1] is "/"'],
    ['a wildcard', { pushedParameterPrefixes: ['/*'] }, 'pushedParameterPrefixes[0] is "/*"'],
  ])('refuses %s', (_, props, message) => {
    expect(() => new policies.ExternalSecretsPolicy(props)).toThrow(`ExternalSecretsPolicy: ${message}`);
  });
});
