import { isObject, TemplateBody } from './template';

/**
 * Applications of AWS, each of which is a function that rotates a secret, its role, and the permission of AWS Secrets Manager to invoke it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_secretsmanager.SecretRotationApplication.html for the accounts of AWS
 */
const OF_AWS = new RegExp(`^arn:(${[
  'aws:serverlessrepo:us-east-1:297356227824', 'aws-cn:serverlessrepo:cn-north-1:193023089310', 'aws-us-gov:serverlessrepo:us-gov-west-1:023102451235',
].join('|')}):applications/SecretsManager\\w+Rotation\\w+$`);

/**
 * Whether the transform of AWS SAM adds nothing to a template but functions that rotate secrets.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/managing-permissions-connectors.html for the attribute that can be on any resource
 */
export const addsOnlyRotation = ({ Resources, Mappings }: TemplateBody): boolean => Object.values(Resources).every((resource) =>
  !('Connectors' in resource) && (!resource.Type.startsWith('AWS::Serverless::')
    || (resource.Type === 'AWS::Serverless::Application' && idsOf(resource.Properties?.Location?.ApplicationId, Mappings).every((id) => OF_AWS.test(id)))));

/** The values that an ID can have, as far as they are in the template; an empty text if there are others. */
function idsOf(id: unknown, mappings: TemplateBody['Mappings']): string[] {
  const [name, , key, ...others] = isObject(id) && Array.isArray(id['Fn::FindInMap']) ? id['Fn::FindInMap'] : [];
  const mapping: unknown = typeof name === 'string' && Object.hasOwn(mappings, name) ? mappings[name] : undefined;
  const values: unknown[] = isObject(mapping) && others.length === 0 ? Object.values(mapping).map((one) => one?.[key]) : [id];
  return values.map((value) => (typeof value === 'string' ? value : ''));
}
