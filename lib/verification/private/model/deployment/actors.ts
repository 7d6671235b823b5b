import { sdkCallsOf } from './sdk-calls';
import { objectOf } from '../../values/json-text';
import { ResolvedMap } from '../../values/resolved';
import { textOf, textsIn } from '../../values/text-parts';
import { Actor } from '../actor';
import { StackResource, StackResources } from '../stack-resources';

/**
 * Custom resources whose code is known: those of aws-cdk, and that of this library. They change nothing about access, or what they change is read.
 *
 * @see https://github.com/aws/aws-cdk/tree/main/packages/%40aws-cdk/custom-resource-handlers
 */
const KNOWN = new Set([
  'Custom::AWSCDK-EKS-Cluster',
  'Custom::AWSCDK-EKS-FargateProfile',
  'Custom::AWSCDK-EKS-HelmChart',
  'Custom::AWSCDK-EKS-KubernetesObjectValue',
  'Custom::AWSCDK-EKS-KubernetesPatch',
  'Custom::AWSCDK-EKS-KubernetesResource',
  'Custom::AWSCDKCfnJson',
  'Custom::AWSCDKCfnJsonStringify',
  'Custom::AWSCDKOpenIdConnectProvider',
  'Custom::CDKBucketDeployment',
  'Custom::CrossAccountZoneDelegation',
  'Custom::CrossRegionExportReader',
  'Custom::CrossRegionExportWriter',
  'Custom::CrossRegionStringParameterReader',
  'Custom::DeleteExistingRecordSet',
  'Custom::DynamoDBReplica',
  'Custom::ECRAutoDeleteImages',
  'Custom::KubernetesObjects',
  'Custom::LogRetention',
  'Custom::S3AutoDeleteObjects',
  'Custom::S3BucketNotifications',
  'Custom::SyntheticsAutoDeleteUnderlyingResources',
  'Custom::VpcRestrictDefaultSG',
]);

const isCustom = ({ type }: StackResource) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** It invokes a function of the user. @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.triggers-readme.html */
const TRIGGER = 'Custom::Trigger';

/**
 * What runs code while CloudFormation deploys the templates, or acts on objects of a cluster or on resources that break a rule: custom resources, hooks, runbooks, and the
 * capabilities of EKS clusters.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/lambda-hooks.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state-manager-automation.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/remediation.html
 */
export const readActors = (resources: StackResources): Actor[] => [
  ...resources.all.filter((resource) => isCustom(resource) && !KNOWN.has(resource.type)).map(customResource),
  ...resources.ofType('AWS::CloudFormation::LambdaHook').map(hook),
  ...resources.ofType('AWS::EKS::Capability').map(capability),
  ...resources.ofType('AWS::SSM::Association', 'AWS::Config::RemediationConfiguration').flatMap(runbooks),
];

function customResource(resource: StackResource): Actor {
  const calls = sdkCallsOf(resource);
  const functionArn = calls?.areOfFunction === false ? undefined : textOf(resource.property(resource.type === TRIGGER ? 'HandlerArn' : 'ServiceToken'));
  const what = `the custom resource ${resource.logicalId}, of type ${resource.type},`;
  return { id: 'custom-resource', what, ...calls && { actions: calls.actions }, ...functionArn && { functionArn }, place: resource.place() };
}

function hook(resource: StackResource): Actor {
  const functionArn = textOf(resource.property('LambdaFunction'));
  return { id: 'custom-resource', what: `the hook ${resource.logicalId}, of type ${resource.type},`, ...functionArn && { functionArn }, place: resource.place() };
}

function capability(resource: StackResource): Actor {
  const roleArn = textOf(resource.property('RoleArn'));
  const what = `the capability ${resource.logicalId}, which acts on objects of its cluster,`;
  return { id: 'capability', what, ...roleArn && { roleArn }, place: resource.place() };
}

/** Runbooks of AWS, which only take permissions away. @see https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-ref-cfg.html */
const REMEDIATION = 'AWSConfigRemediation-';

/** One for each role that a runbook gets by a parameter, which is in lists or objects. */
function runbooks(resource: StackResource): Actor[] {
  const name = textOf(resource.property('Name')) ?? textOf(resource.property('TargetId'));
  const parameters = name?.startsWith(REMEDIATION) ? undefined : objectOf(resource.property('Parameters'));
  const roles = parameters instanceof ResolvedMap
    ? parameters.entries.filter(([{ literal }]) => literal === undefined || /assumeRole$/i.test(literal)).map(([, value]) => value) : [parameters];
  const what = `the runbook of ${resource.logicalId}, of type ${resource.type},`;
  return roles.flatMap(textsIn).map((roleArn) => ({ id: 'custom-resource', what, roleArn, place: resource.place() }));
}
