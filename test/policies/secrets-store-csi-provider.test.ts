import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const secret = (place: Place, name: string) => arnIn(place, 'secretsmanager', `secret:${name}`);
const parameter = (place: Place, name: string) => arnIn(place, 'ssm', `parameter/${name}`);
const key = (place: Place, id: string) => arnIn(place, 'kms', `key/${id}`);

const decrypt = (place: Place, id: string, service: string) => ({
  action: 'kms:Decrypt',
  resource: key(place, id),
  context: { 'kms:ViaService': `${service}.${place.region}.amazonaws.com${place.partition === 'aws-cn' ? '.cn' : ''}` },
});

describeController('Secrets Store CSI Driver Provider AWS', {
  policy: (stack, place) => new policies.SecretsStoreCsiProviderPolicy({
    secrets: [Secret.fromSecretNameV2(stack, 'Named', 'apps/db'), Secret.fromSecretCompleteArn(stack, 'Complete', secret(place, 'apps/api-0a1b2c'))],
    parameters: [StringParameter.fromStringParameterName(stack, 'Parameter', '/apps/url')],
    encryptionKeys: [Key.fromKeyArn(stack, 'Key', key(place, 'mine'))],
  }),
  allowed: (place) => [
    { what: 'mount a secret', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'apps/db-3d4e5f') },
    { what: 'mount a secret of a known ARN', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'apps/api-0a1b2c') },
    { what: 'see whether a secret has changed', action: 'secretsmanager:DescribeSecret', resource: secret(place, 'apps/db-3d4e5f') },
    { what: 'mount a parameter', action: 'ssm:GetParameters', resource: parameter(place, 'apps/url') },
    { what: 'decrypt a secret', ...decrypt(place, 'mine', 'secretsmanager') },
    { what: 'decrypt a parameter', ...decrypt(place, 'mine', 'ssm') },
  ],
  denied: (place) => [
    { what: 'read another secret', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'apps/other-3d4e5f') },
    { what: 'read a secret with a longer name', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'apps/db-admin-3d4e5f') },
    { what: 'read a secret in another Region', action: 'secretsmanager:GetSecretValue', resource: secret({ ...place, region: 'eu-west-1' }, 'apps/db-3d4e5f') },
    { what: 'read another parameter', action: 'ssm:GetParameters', resource: parameter(place, 'apps/url/admin') },
    { what: 'decrypt with another key', ...decrypt(place, 'other', 'secretsmanager') },
    { what: 'decrypt directly', action: 'kms:Decrypt', resource: key(place, 'mine') },
    { what: 'decrypt objects', ...decrypt(place, 'mine', 's3') },
    { what: 'decrypt in another Region', ...decrypt({ ...place, region: 'eu-west-1' }, 'mine', 'ssm') },
    { what: 'list secrets', action: 'secretsmanager:ListSecrets' },
    { what: 'change a secret', action: 'secretsmanager:PutSecretValue', resource: secret(place, 'apps/db-3d4e5f') },
  ],
});

describeController('Secrets Store CSI Driver Provider AWS for everything', {
  policy: () => new policies.SecretsStoreCsiProviderPolicy({ allSecrets: true, allParameters: true }),
  allowed: (place) => [
    { what: 'mount a secret', action: 'secretsmanager:GetSecretValue', resource: secret(place, 'db-3d4e5f') },
    { what: 'see whether a secret has changed', action: 'secretsmanager:DescribeSecret', resource: secret(place, 'db-3d4e5f') },
    { what: 'mount a parameter', action: 'ssm:GetParameters', resource: parameter(place, 'url') },
  ],
  denied: (place) => [
    { what: 'read a secret of another account', action: 'secretsmanager:GetSecretValue', resource: secret({ ...place, account: '210987654321' }, 'db-3d4e5f') },
    { what: 'read a parameter in another Region', action: 'ssm:GetParameters', resource: parameter({ ...place, region: 'eu-west-1' }, 'url') },
  ],
});

describe('SecretsStoreCsiProviderPolicy', () => {
  const context = { clusterName: 'prod', partition: 'aws', region: 'us-west-2', account: '123456789012', usesIrsa: true, usesPodIdentity: false };
  const inStack = <T>(make: (stack: Stack) => T) => make(new Stack(new App(), 'Stack', { env: { account: context.account, region: context.region } }));
  const db = () => inStack((stack) => Secret.fromSecretNameV2(stack, 'Secret', 'db'));

  test('knows the key of a secret', () => {
    const encrypted = inStack((stack) => {
      const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:123456789012:key/mine');
      return Secret.fromSecretAttributes(stack, 'Secret', { secretCompleteArn: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:db-0a1b2c', encryptionKey });
    });
    const statements = new policies.SecretsStoreCsiProviderPolicy({ secrets: [encrypted, encrypted] }).bind(context).statements;
    expect(statements.map(({ actions, resources }) => [actions, resources])).toContainEqual([['kms:Decrypt'], ['arn:aws:kms:us-west-2:123456789012:key/mine']]);
  });

  test('has no service account by convention', () => {
    const { namespace, serviceAccountName } = new policies.SecretsStoreCsiProviderPolicy({ allSecrets: true });
    expect([namespace, serviceAccountName]).toEqual([undefined, undefined]);
  });

  test.each([
    ['nothing', {}, 'secrets or parameters must be set: to allow all of them, set allSecrets or allParameters to true'],
    ['only keys', { encryptionKeys: [inStack((stack) => new Key(stack, 'Key'))] }, 'secrets or parameters must be set'],
    ['an empty list of secrets', { secrets: [] }, 'secrets must be a list of at least one'],
    ['an empty list of parameters', { parameters: [] }, 'parameters must be a list of at least one'],
    ['an empty list of keys', { allSecrets: true, encryptionKeys: [] }, 'encryptionKeys must be a list of at least one'],
    ['a list and all secrets', { secrets: [db()], allSecrets: true }, 'secrets must be omitted with allSecrets'],
  ])('refuses %s', (_, props, message) => {
    expect(() => new policies.SecretsStoreCsiProviderPolicy(props)).toThrow(`SecretsStoreCsiProviderPolicy: ${message}`);
  });
});
