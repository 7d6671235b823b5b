import { requestOf, sdkCallsOf } from './sdk-calls';
import { isCustomResource } from '../../resource-types/custom-resources';
import { typesWith } from '../../resource-types/declarations';
import { ActorType } from '../../resource-types/resource-type';
import { objectOf } from '../../values/json-text';
import { Pattern } from '../../values/pattern';
import { ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf, textsIn } from '../../values/text-parts';
import { Actor } from '../actor';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

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

/** Whether a resource is a custom resource whose code is not known. */
export const isOfOwnCode = ({ type }: StackResource): boolean => isCustomResource(type) && !KNOWN.has(type);

/** It invokes a function of the user. @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.triggers-readme.html */
const TRIGGER = 'Custom::Trigger';

/**
 * What runs code while CloudFormation deploys the templates, or acts on objects of a cluster or on resources by itself: custom resources, hooks, runbooks, schedules,
 * and the capabilities of EKS clusters.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 */
export const readActors = (resources: StackResources): Actor[] => [
  ...resources.all.filter(isOfOwnCode).map(customResource),
  ...resources.ofType('AWS::EKS::Capability').map(capability),
  ...typesWith('acts').flatMap(([type, acts]) => resources.ofType(type).flatMap((resource) => actorsOf(resource, acts))),
];

function customResource(resource: StackResource): Actor {
  const calls = sdkCallsOf(resource);
  const functionArn = calls?.areOfFunction === false ? undefined : textOf(resource.property(resource.type === TRIGGER ? 'HandlerArn' : 'ServiceToken'));
  const what = `the custom resource ${resource.logicalId}, of type ${resource.type},`;
  return { id: 'custom-resource', what, ...calls && { actions: calls.actions }, ...functionArn && { functionArn }, place: resource.place() };
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html */
function capability(resource: StackResource): Actor {
  const [roleArn, cluster] = [textOf(resource.property('RoleArn')), resource.cluster('ClusterName')];
  const what = `the capability ${resource.logicalId}, which acts on objects of its cluster,`;
  return { id: 'capability', what, ...roleArn && { roleArn }, ...cluster && { cluster }, place: resource.place() };
}

function actorsOf(resource: StackResource, acts: ActorType): Actor[] {
  const actor = { id: 'custom-resource' as const, what: `${acts.what} ${resource.logicalId}, of type ${resource.type},`, place: resource.place() };
  if (acts.functionArn) {
    const functionArn = textOf(resource.property(acts.functionArn));
    return [{ ...actor, ...functionArn && { functionArn } }];
  }
  const target = acts.target && textOf(resource.property(...acts.target));
  const calls = target && callsOf(target);
  const roleArn = acts.roleArn && textOf(resource.property(...acts.roleArn));
  const roles = acts.runbook ? rolesOfRunbook(resource, acts) : roleArn && (!acts.target || calls) ? [roleArn] : [];
  return roles.map((role) => ({ ...actor, ...calls, roleArn: role }));
}

const SDK_TARGET = Pattern.join([Pattern.glob(Text.of('arn:*'), ':'), Pattern.glob(Text.of(':scheduler:::aws-sdk:*'))]);

/**
 * The request of a target such as `arn:aws:scheduler:::aws-sdk:iam:attachRolePolicy`, or of what may be such a target, without it; undefined if it certainly is
 * another target.
 */
function callsOf(target: Text): Pick<Actor, 'actions'> | undefined {
  const [, service, request] = /:aws-sdk:(\w+):(\w+)$/.exec(`${target}`) ?? [];
  const action = service && requestOf(service, request);
  return action ? { actions: [action] } : SDK_TARGET.matches(target) === 'no' ? undefined : {};
}

/** Runbooks of AWS, which only take permissions away. @see https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-ref-cfg.html */
const REMEDIATION = 'AWSConfigRemediation-';

/** The roles that a runbook gets by its parameters, which are in lists or objects, or else that of what starts it. Runbooks of AWS only do with this what they say. */
function rolesOfRunbook(resource: StackResource, { runbook, parameters: path = [], roleArn }: ActorType): Text[] {
  const name = runbook && textOf(resource.property(runbook));
  const parameters = name?.startsWith(REMEDIATION) ? undefined : objectOf(resource.property(...path));
  const given = parameters instanceof ResolvedMap
    ? parameters.entries.filter(([{ literal }]) => literal === undefined || /assumeRole$/i.test(literal)).map(([, value]) => value) : [parameters];
  const roles = given.flatMap(textsIn);
  const isOfAws = name?.startsWith('AWS') ?? false;
  const isStarted = roleArn !== undefined && roles.length === 0 && !isOfAws && isText(resource.property('TaskType'), 'AUTOMATION') !== 'no';
  const own = isStarted ? textOf(resource.property(...roleArn)) : undefined;
  return own ? [own] : roles;
}
