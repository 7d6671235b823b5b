import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

test.each(['SecretTargetAttachment', 'RotationSchedule'])('a reference to a resource of the type %s is the ARN of its secret', (type) => {
  const named = (Name: string) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { Name } });
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    Secret: named('database'),
    Other: named('other'),
    Attachment: { Type: `AWS::SecretsManager::${type}`, Properties: { SecretId: { Ref: 'Secret' } } },
    Reader: accountRole('default:app', allow('secretsmanager:GetSecretValue', { Ref: 'Attachment' })),
    Objects: objects(account('app', 'Reader')),
  })).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
  const decide = (name: string) => access.pod({ serviceAccountName: 'app' })
    .decide('secretsmanager:GetSecretValue', { resource: `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-AbCdEf` }).outcome;
  expect(decide('other')).toBe('DENIED');
  expect(decide('database')).not.toBe('DENIED');
});
