import { Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { newCluster, newStack } from '../stacks';

const PLACES: [string, string, (stack: Stack, key: kms.IKey) => void][] = [
  ['Stack/Cluster', 'objectsFunction.encryptionKey', (stack, encryptionKey) => newCluster(stack, { objectsFunction: { encryptionKey } })],
  ['Stack/Cluster', 'secretsEncryptionKey', (stack, secretsEncryptionKey) => newCluster(stack, { secretsEncryptionKey })],
  ['Stack/Cluster/Nodes', 'disk.encryptionKey', (stack, encryptionKey) => newCluster(stack).addNodegroup('Nodes', { disk: { encryptionKey } })],
  ['Stack/Cluster/Nodes', 'additionalVolumes[0].encryptionKey', (stack, encryptionKey) => {
    newCluster(stack).addNodegroup('Nodes', { additionalVolumes: [{ deviceName: '/dev/xvdf', encryptionKey }] });
  }],
];
const RSA = { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT };
const HMAC = { keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC };

describe.each(PLACES)('at %s, %s', (path, property, define) => {
  const refused = (keySpec: string) => new Error(`${path}: the key spec of ${property} is "${keySpec}", but must be "SYMMETRIC_DEFAULT": `
    + 'AWS services encrypt data with symmetric encryption keys only; omit keySpec');

  test('fails for a key that does not encrypt symmetrically, also behind an alias', () => {
    const stacks = [newStack(), newStack(), newStack()];
    expect(() => define(stacks[0], new kms.Key(stacks[0], 'Key', RSA))).toThrow(refused('RSA_2048'));
    expect(() => define(stacks[1], new kms.Key(stacks[1], 'Key', HMAC))).toThrow(refused('HMAC_256'));
    expect(() => define(stacks[2], new kms.Key(stacks[2], 'Key', RSA).addAlias('mine'))).toThrow(refused('RSA_2048'));
  });

  test.each<[string, (stack: Stack) => kms.IKey]>([
    ['a key', (stack) => new kms.Key(stack, 'Key')],
    ['a symmetric key', (stack) => new kms.Key(stack, 'Key', { keySpec: kms.KeySpec.SYMMETRIC_DEFAULT })],
    ['an alias', (stack) => new kms.Key(stack, 'Key').addAlias('mine')],
    ['a key whose spec is a token', (stack) => {
      const key = new kms.Key(stack, 'Key');
      (key.node.defaultChild as kms.CfnKey).keySpec = Token.asString({ Ref: 'Spec' });
      return key;
    }],
    ['a key that is imported', (stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:123456789012:key/1')],
    ['an alias that is imported', (stack) => kms.Alias.fromAliasName(stack, 'Key', 'alias/mine')],
  ])('%s passes', (_, keyOf) => {
    const stack = newStack();
    expect(() => define(stack, keyOf(stack))).not.toThrow();
  });
});
