import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { IrsaCluster, ObjectsAccess, PodCredentials, policies, ServiceAccountRole, ServiceAccountRoleOptions, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { deployed, OREGON } from '../deployed';

// aws-cdk passes such a value through the Parameter Store, so whoever may write parameters there decides it.

type Json = { readonly [key: string]: any };

const ACCOUNT = '123456789012';
const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const BREAKING_OUT = 'x"}},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"666666666666"}},{"a":{"b":"';

function newStacks() {
  const app = new App();
  const [producer, consumer] = ['us-east-1', 'us-west-2'].map((region) =>
    new Stack(app, region, { env: { account: ACCOUNT, region }, crossRegionReferences: true }));
  return { producer, consumer };
}

/** A property of a resource in the template of the consumer, deployed with a value for all references to the other region. */
function deployedWith(given: string, consumer: Stack, property: string): Json {
  const template = JSON.stringify(Template.fromStack(consumer).toJSON());
  const resources: Json[] = Object.values(JSON.parse(template.replace(/\{"Fn::GetAtt":\["ExportsReader[^\]]*\]\}/g, '{"Ref":"Given"}')).Resources);
  const properties = resources.map(({ Properties }) => Properties[property]).filter((value) => JSON.stringify(value)?.includes('"Ref":"Given"'));
  expect(properties.length).toBeGreaterThan(0);
  const read = deployed(consumer, properties[0], { ...OREGON, parameters: { Given: given } });
  return typeof read === 'string' ? JSON.parse(read) : read;
}

function role(stack: Stack, options: Partial<ServiceAccountRoleOptions> = {}): ServiceAccountRole {
  const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName: 'prod', issuerUrl: ISSUER });
  return new ServiceAccountRole(stack, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('apps', 'reader')], ...options });
}

test('a value of another region cannot add a statement to a trust policy', () => {
  const { producer, consumer } = newStacks();
  const cluster = new IrsaCluster(producer, 'Cluster', { version: eks.KubernetesVersion.V1_34 });
  new ServiceAccountRole(consumer, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('apps', 'reader')] });
  const { Statement } = deployedWith(`arn:aws:iam::${ACCOUNT}:oidc-provider/${BREAKING_OUT}`, consumer, 'AssumeRolePolicyDocument');
  expect(Statement).toHaveLength(1);
  expect(Statement[0].Principal.Federated).toBe(`arn:aws:iam::${ACCOUNT}:oidc-provider/${BREAKING_OUT}`);
});

test('a value of another region cannot add a statement to a session policy, and is literal in it', () => {
  const { producer, consumer } = newStacks();
  const { queueName } = new Queue(producer, 'Queue');
  const sessionPolicy = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${queueName}/*`] })] });
  role(consumer, { podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
  expect(deployedWith(`${BREAKING_OUT}*`, consumer, 'Policy').Statement).toEqual([expect.objectContaining({ Resource: `arn:aws:s3:::${BREAKING_OUT}\${*}/*` })]);
});

test('a value of another region is literal in a controller policy', () => {
  const { producer, consumer } = newStacks();
  const key = new Key(producer, 'Key');
  role(consumer, { controllerPolicies: [new policies.EbsCsiDriverPolicy({ encryptionKeys: [key] })] });
  const granted = (arn: string) => JSON.stringify(deployedWith(arn, consumer, 'PolicyDocument'));
  expect(granted('arn:aws:kms:us-east-1:123456789012:key/*')).toContain('arn:aws:kms:us-east-1:123456789012:key/${*}');
  expect(() => granted('*')).toThrow('Fn::Select cannot select nonexistent value at index 5');
});

test('a role of another region cannot be a principal', () => {
  const { producer, consumer } = newStacks();
  const { roleArn } = new iam.Role(producer, 'Other', { assumedBy: new iam.AccountRootPrincipal() });
  role(consumer).addTrustPolicyStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.ArnPrincipal(roleArn)] }));
  expect(() => Template.fromStack(consumer)).toThrow(/Principal\.AWS.* known before the deployment/);
});

test('a value of another region cannot be a namespace of the function, which Amazon EKS could expand', () => {
  const { producer, consumer } = newStacks();
  const { queueName } = new Queue(producer, 'Queue');
  const cluster = new IrsaCluster(consumer, 'Cluster', { version: eks.KubernetesVersion.V1_34, objectsAccess: ObjectsAccess.namespaces([queueName]) });
  new ServiceAccountWithRole(cluster, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'apps' });
  expect(() => Template.fromStack(consumer)).toThrow('namespaces[0] of objectsAccess');
});
