import { byArn, byName, regional } from './formats';
import { ResourceTypes } from './resource-type';
import { elsewhere } from './takeovers';

const SECRET = `${regional('secretsmanager')}secret:\${Name}-\${Suffix}`;

const PRIMARY_KEY_ID = 'PrimaryKeyArn-*:key/';

/** A function that rotates a secret, with a role of its own: whoever changes its code has this role. */
const functionOf = (ownRole: string) => {
  const { program } = elsewhere([], 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration');
  return { program: { ...program, ownRole } };
};

/** Keys, secrets and parameters. What a key allows can change what is decided about everything that it encrypts. */
export const SECRETS: ResourceTypes = {
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
  'AWS::KMS::Key': { format: byName('KeyId', `${regional('kms')}key/\${KeyId}`, { KeyId: '${KeyId}' }), ownPolicy: ['KeyPolicy'] },
  /** It has the ID of its primary key. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html */
  'AWS::KMS::ReplicaKey': {
    format: { ...byName(PRIMARY_KEY_ID, `${regional('kms')}key/\${${PRIMARY_KEY_ID}}`, { KeyId: `\${${PRIMARY_KEY_ID}}` }), unique: [] }, ownPolicy: ['KeyPolicy'],
  },
  'AWS::KMS::Alias': { matters: 'others can name a key by it' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
   */
  'AWS::SecretsManager::Secret': {
    format: { ...byArn(SECRET, ['Name'], { Id: SECRET }), alphanumeric: ['Suffix'] },
    limitedName: 'Name',
    otherName: 'Name',
    encryption: { service: 'secretsmanager', key: ['KmsKeyId'] },
    changesOnly: 'secretsmanager',
  },
  'AWS::SecretsManager::ResourcePolicy': {
    refersTo: 'SecretId',
    separatePolicy: { of: 'AWS::SecretsManager::Secret', targets: 'SecretId', document: 'ResourcePolicy' },
    changesOnly: 'secretsmanager',
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-rotationschedule.html */
  'AWS::SecretsManager::RotationSchedule': { refersTo: 'SecretId', ...functionOf('HostedRotationLambda') },
  /** The finding about the transform of AWS SAM says what else it may be. */
  'AWS::Serverless::Application': functionOf('Location'),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html */
  'AWS::SecretsManager::SecretTargetAttachment': { refersTo: 'SecretId' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
   */
  'AWS::SSM::Parameter': { format: { arn: `${regional('ssm')}parameter/\${Name-/}`, ref: '${Name}', unique: ['Name'] }, limitedName: 'Name' },
};
