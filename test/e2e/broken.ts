import { App, CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ENV } from './assembly';
import { IrsaTestStack } from '../../bin/irsa-test-stack';
import { PodIdentityTestStack } from '../../bin/pod-identity-test-stack';
import { ServiceAccountWithRole } from '../../lib';

/** IrsaTestStack with one thing broken, to check that this is detected. */
export function broken(app: App, what: string): void {
  const stack = new IrsaTestStack(app, 'IrsaTestStack', { env: ENV });
  const reader = stack.node.findChild('S3Reader') as ServiceAccountWithRole;
  const [nodegroup] = stack.cluster.nodegroups;
  const resources = resourcesOf(stack);
  const role = reader.role.node.defaultChild as CfnResource;
  const entry = resources.find(({ cfnResourceType }) => cfnResourceType === 'AWS::EKS::AccessEntry')!;
  const account = setIn(stack, 'S3Reader');

  const BREAK: { [what: string]: () => void } = {
    'nothing': () => undefined,
    'trust': () => replace(role, 'AssumeRolePolicyDocument', /s3-reader-sa/g, 's3-writer-sa'),
    'subject': () => replace(role, 'AssumeRolePolicyDocument', /,\\"\$\{Issuer\}:sub\\":\\"system:serviceaccount:default:s3-reader-sa\\"/, ''),
    'principal': () => role.addPropertyOverride('AssumeRolePolicyDocument', JSON.stringify({
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: '*' }],
    })),
    'audience': () => resources.find(({ cfnResourceType }) => cfnResourceType === 'AWS::IAM::OIDCProvider')!.addPropertyOverride('ClientIdList.1', 'https://kubernetes.default.svc'),
    'annotation': () => replace(account, 'Objects', /eks\.amazonaws\.com(\/|~1)role-arn/g, 'example.com$1role-arn'),
    'policy': () => role.addPropertyOverride('ManagedPolicyArns', []),
    'too much': () => (reader.role as iam.Role).addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')),
    'hop limit': () => (nodegroup.launchTemplate.node.defaultChild as CfnResource).addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit', 2),
    'node': () => nodegroup.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')),
    'access entry': () => entry.addPropertyOverride('PrincipalArn', role.getAtt('Arn')),
    'access scope': () => entry.addPropertyOverride('AccessPolicies.0.AccessScope', { Type: 'namespace', Namespaces: ['default'] }),
    'token': () => resources.find((resource) => resource.cfnResourceType === 'AWS::Lambda::Function' && stack.resolve((resource as any).environment)?.variables?.CLUSTER_NAME)!
      .addPropertyOverride('Environment.Variables.CLUSTER_NAME', 'another'),
  };
  BREAK[what]();
  runAgain(setIn(stack, 'Jobs'), what);
}

/** PodIdentityTestStack with one thing broken, in the cluster of IrsaTestStack. */
export function brokenPodIdentity(app: App, what: string): void {
  const { cluster } = new IrsaTestStack(app, 'IrsaTestStack', { env: ENV });
  const stack = new PodIdentityTestStack(app, 'PodIdentityTestStack', { env: ENV, cluster });
  const resource = (type: string) => resourcesOf(stack).find(({ cfnResourceType }) => cfnResourceType === type)!;
  const reader = stack.node.findChild('S3Reader') as ServiceAccountWithRole;

  const BREAK: { [what: string]: () => void } = {
    nothing: () => undefined,
    subject: () => (reader.role.node.defaultChild as CfnResource).addPropertyOverride(
      'AssumeRolePolicyDocument.Statement.0.Condition.StringEquals.aws:RequestTag/kubernetes-service-account', 's3-writer-pod-identity'),
    association: () => resource('AWS::EKS::PodIdentityAssociation').addPropertyOverride('ServiceAccount', 's3-writer-pod-identity'),
    policy: () => (reader.role.node.defaultChild as CfnResource).addPropertyOverride('ManagedPolicyArns', []),
    trust: () => (reader.role as iam.Role).assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole', 'sts:TagSession'], principals: [new iam.AccountRootPrincipal()] })),
  };
  BREAK[what]();
  runAgain(setIn(stack, 'Jobs'), what);
}

const resourcesOf = (stack: Stack): CfnResource[] =>
  stack.node.findAll().filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct));

/** The custom resource of a set of Kubernetes objects. */
const setIn = (stack: Stack, id: string): CfnResource =>
  resourcesOf(stack).find(({ cfnResourceType, node }) => cfnResourceType === 'Custom::KubernetesObjects' && node.path.includes(id))!;

/** Changes the Job, so that an update runs it again. The deployment does not wait for it, so that the replay finds what is broken. */
function runAgain(job: CfnResource, what: string): void {
  job.addPropertyDeletionOverride('WaitFor');
  replace(job, 'Objects', /\/home\/reader/g, `/home/${what.replace(' ', '-')}`);
}

/** Replaces text in a property of a resource. */
function replace(resource: CfnResource, property: string, from: RegExp, to: string): void {
  const [{ Properties }] = Object.values<any>(resource.stack.resolve((resource as any)._toCloudFormation()).Resources);
  const before = JSON.stringify(Properties[property]);
  const after = before.replace(from, to);
  if (after === before) {
    throw new Error(`${property} has nothing like ${from}: ${before}`);
  }
  resource.addPropertyOverride(property, JSON.parse(after));
}
