import { permissionPolicy } from './lambda-permissions';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { listOf, Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { readPolicy } from '../policy-document';
import { StackResource, StackResources } from '../stack-resources';

/** A policy, and what names the resource that has it: a name, an ARN, or what `Ref` returns. */
export interface NamedPolicy {
  readonly type: string;
  readonly target: Text;
  readonly resource: StackResource;
  policyOf(arn: Text): Policy;
}

/** It has no document, but is a statement. */
const LAMBDA_PERMISSION = 'AWS::Lambda::Permission';

/** The resources that are policies of other resources. */
const SEPARATE = [
  { type: 'AWS::S3::BucketPolicy', of: 'AWS::S3::Bucket', targets: 'Bucket', document: 'PolicyDocument' },
  { type: 'AWS::SQS::QueuePolicy', of: 'AWS::SQS::Queue', targets: 'Queues', document: 'PolicyDocument' },
  { type: 'AWS::SQS::QueueInlinePolicy', of: 'AWS::SQS::Queue', targets: 'Queue', document: 'PolicyDocument' },
  { type: 'AWS::SNS::TopicPolicy', of: 'AWS::SNS::Topic', targets: 'Topics', document: 'PolicyDocument' },
  { type: 'AWS::SNS::TopicInlinePolicy', of: 'AWS::SNS::Topic', targets: 'TopicArn', document: 'PolicyDocument' },
  { type: 'AWS::SecretsManager::ResourcePolicy', of: 'AWS::SecretsManager::Secret', targets: 'SecretId', document: 'ResourcePolicy' },
] as const;

/** Whether resources of a type are policies of other resources, and are read. */
export const isSeparatePolicy = (type: string): boolean => type === LAMBDA_PERMISSION || SEPARATE.some((policy) => policy.type === type);

/** The policies that are separate resources. */
export function separatePolicies(resources: StackResources, findings: Findings): NamedPolicy[] {
  const policies = SEPARATE.flatMap(({ type, of, targets, document }) => resources.ofType(type).flatMap((resource) => {
    const policy = resource.once('policy', () =>
      readPolicy(`policy ${resource.logicalId}`, resource.property(document), resource.place(`Properties.${document}`), findings));
    return policiesOf(of, resource.property(targets), resource, () => policy);
  }));
  const permissions = resources.ofType(LAMBDA_PERMISSION).flatMap((resource) =>
    policiesOf('AWS::Lambda::Function', functionArn(resource), resource, (arn) => resource.once(`permission of ${arn.key}`, () => permissionPolicy(resource, arn, findings))));
  return [...policies, ...permissions];
}

const policiesOf = (type: string, targets: Resolved, resource: StackResource, policyOf: NamedPolicy['policyOf']): NamedPolicy[] =>
  listOf(targets).flatMap((target) => (target instanceof Text ? [{ type, target, resource, policyOf }] : []));

/** `FunctionName` is a name, which can have a version or alias, or an ARN. */
function functionArn(permission: StackResource): Resolved {
  const name = permission.property('FunctionName');
  if (!(name instanceof Text) || name.startsWith('arn')) {
    return name;
  }
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => permission.pseudoParameter(parameter));
  return Text.join([Text.of('arn'), partition, Text.of('lambda'), region, account, Text.of('function'), name], ':');
}
