import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import { account, imported, object, subjects } from './apps';
import { IIrsaCluster, IrsaCluster, KubernetesObjects, ObjectsAccess, OidcProvider, PodCredentials, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, verification, Wait } from '../../../lib';
import { read } from '../../documents';
import { ExistingCluster, newCluster, newStack } from '../../stacks';

const { PodAccess } = verification;
const synthesize = (stack: Stack) => (stack.node.root as App).synth();

/** The stack of a cluster, and another one with a service account for it. */
const twoStacks = () => {
  const stack = newStack();
  const other = newStack('Other', {}, stack.node.root);
  const cluster = newCluster(stack);
  return { stack, other, cluster, reader: account(other, cluster) };
};
const inOregon = { env: { account: '123456789012', region: 'us-west-2' } };
const elsewhere = { env: { account: '210987654321', region: 'us-west-2' } };
const inOhio = { env: { account: '123456789012', region: 'us-east-2' } };

const withPodIdentity = (cluster: IIrsaCluster, id: string, trusted = subjects) =>
  new ServiceAccountRole(Stack.of(cluster), id, { cluster, subjects: trusted, podCredentials: PodCredentials.podIdentity() });

/** What the pods of `reports/reader` can do. */
const accessTo = (reader: ServiceAccountWithRole) => PodAccess.fromStack(Stack.of(reader)).pod({ namespace: 'reports', serviceAccountName: 'reader' });

/** What causes each message of the app and of its tests, in the order of the page. */
export const AT_SYNTHESIS: { readonly [message: string]: () => unknown } = {
  '… is not a property of …: did you mean …?': () => account(newStack(), undefined, { serviceAcountName: 'reader' }),
  '… is a string, but must be an IManagedPolicy, such as …': () => account(newStack(), undefined, { managedPolicies: ['AmazonS3ReadOnlyAccess'] }),
  'serviceAccountName is "team-*", but must be one exact name, …': () => account(newStack(), undefined, { serviceAccountName: 'team-*' }),
  'subjects[…] is …, but must be an exact subject with EKS Pod Identity: …': () =>
    withPodIdentity(imported(newStack()), 'Role', [ServiceAccountSubject.pattern('team-*', 'reader')]),
  'service account … already gets a role by EKS Pod Identity from …, …': () => {
    const cluster = imported(newStack());
    withPodIdentity(cluster, 'Role');
    withPodIdentity(cluster, 'Other');
  },
  'the nodes of … do not run the EKS Pod Identity agent, …': () => withPodIdentity(newCluster(newStack()), 'Role'),
  'serviceAccountName is "default", but must be another name: …': () => account(newStack(), undefined, { serviceAccountName: 'default' }),
  'service account … is already defined by …: …': () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    account(stack, cluster);
    account(newStack('Other', {}, stack.node.root), cluster);
  },
  'Namespace … is already defined by …: …': () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    cluster.addKubernetesObjects('Namespace', { objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'reports' } }] });
    account(stack, cluster);
    synthesize(stack);
  },
  'the stack\'s region is …, but must be …, the region of the cluster': () => {
    const stack = newStack('Stack', inOregon);
    account(newStack('Other', inOhio, stack.node.root), newCluster(stack));
  },
  'the role is in AWS account …, but … is in …, and its issuer is known only at deployment, …': () => {
    const stack = newStack('Stack', inOregon);
    new ServiceAccountRole(newStack('Other', elsewhere, stack.node.root), 'Role', { cluster: newCluster(stack), subjects });
  },
  'roleName of … must be a literal: …': () => {
    const stack = newStack('Stack', inOregon);
    const cluster = new ExistingCluster(stack, 'Existing');
    account(stack, cluster, { serviceAccountRole: new ServiceAccountRole(newStack('Other', elsewhere, stack.node.root), 'Role', { cluster, subjects }) });
  },
  'literalAnnotations need the ARN of the role when the app is synthesized: set …': () => {
    const stack = newStack();
    return new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'Existing'), subjects }).literalAnnotations;
  },
  'stack … has …, but stack … of the cluster has …: give both stacks the same env, or neither': () => {
    const stack = newStack('Stack', inOregon);
    account(newStack('Other', {}, stack.node.root), newCluster(stack));
  },
  'Cannot use resource … in a cross-environment fashion, …': () => {
    const stack = newStack();
    new s3.Bucket(newStack('Other', inOregon, stack.node.root), 'Bucket').grantRead(account(stack));
    synthesize(stack);
  },
  'its grants make stack … depend on …, but … depends on …': () => {
    const { stack, other, cluster } = twoStacks();
    new s3.Bucket(other, 'Bucket').grantRead(cluster.addServiceAccountWithRole('Writer', { serviceAccountName: 'writer' }));
    synthesize(stack);
  },
  '… depends on … would create a cyclic reference.': () => {
    const { stack, cluster, reader } = twoStacks();
    cluster.addKubernetesObjects('Settings', { objects: [object] }).node.addDependency(reader);
    synthesize(stack);
  },
  'Number of resources in stack … is greater than allowed maximum of 500: …': () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    for (let i = 0; i < 250; i++) {
      cluster.addServiceAccountWithRole(`Account${i}`, { serviceAccountName: `account-${i}` });
    }
    synthesize(stack);
  },
  'Kubectl Provider is not defined in this cluster. …': () => newCluster(newStack()).eksCluster.addHelmChart('Chart', { chart: 'chart' }),
  'instanceTypes is …, but must be types with the same architecture: …': () =>
    newCluster(newStack()).addNodegroup('Nodes', { instanceTypes: ['m7i.large', 'm7g.large'].map((type) => new ec2.InstanceType(type)) }),
  'chart … is part of the CDK app, but must be in a cdk8s app: …': () => {
    const stack = newStack();
    newCluster(stack).addKubernetesObjects('Jobs', { charts: [new cdk8s.Chart(stack, 'Chart')] });
  },
  'Vpc must contain private subnets when public endpoint access is restricted': () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }] });
    newCluster(stack, { vpc, vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }], endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24') });
  },
  '… cannot contain a secret or another dynamic reference, …': () => {
    const stack = newStack();
    account(stack).addTrustPolicyStatements(new iam.PolicyStatement({
      actions: ['sts:AssumeRole'],
      principals: [new iam.AccountPrincipal('123456789012').withConditions({ StringEquals: { 'sts:ExternalId': '{{resolve:ssm:id}}' } })],
    }));
    synthesize(stack);
  },
  'iam.Role.customizeRoles cannot report this role, …': () => {
    const stack = newStack();
    iam.Role.customizeRoles(stack);
    account(stack, newCluster(stack));
  },
  '… cannot be applied with objectsAccess of …: …': () => {
    const stack = newStack();
    account(stack, newCluster(stack, { objectsAccess: ObjectsAccess.namespaces(['web']) }));
    synthesize(stack);
  },
  'objectsAccess of … must be other than ObjectsAccess.none() if this library applies objects: …': () => {
    const stack = newStack();
    account(stack, newCluster(stack, { objectsAccess: ObjectsAccess.none() }));
  },
  'this app defines the cluster, but no OIDC provider for it, …': () =>
    IrsaCluster.fromEksCluster(newStack(), 'Ours', newCluster(newStack(), { oidcProvider: OidcProvider.none() }).eksCluster),
  '… are OIDC providers for the same issuer, but an AWS account can have only one: …': () => {
    const stack = newStack();
    const { eksCluster } = newCluster(stack, { oidcProvider: OidcProvider.none() });
    IrsaCluster.fromEksCluster(stack, 'Ours', eksCluster, { oidcProvider: OidcProvider.create() });
    eksCluster.openIdConnectProvider;
    Template.fromStack(stack);
  },
  'the issuer of cluster … is …, but … has it for cluster …: …': () => {
    const stack = newStack();
    const issuerUrl = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
    ['blue', 'green'].forEach((clusterName) => IrsaCluster.fromIrsaClusterAttributes(stack, clusterName, { clusterName, issuerUrl }));
  },
  'clusterEndpoint is not known, but …': () => {
    const stack = newStack();
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod' });
    new KubernetesObjects(stack, 'Settings', { cluster, objects: [object] });
  },
  'the app already applies objects in this cluster through …: …': () => {
    const stack = newStack();
    const { eksCluster } = newCluster(stack);
    new KubernetesObjects(stack, 'Settings', { cluster: IrsaCluster.fromEksCluster(stack, 'Ours', eksCluster), objects: [object] });
  },
  'the app does not use awsAuth of …, …': () => {
    throw new Error(read(join('lib/cluster/private/aws-auth-access.ts')));
  },
  'waitFor[…] is …, but must be an object of this set: …': () => {
    const stack = newStack();
    newCluster(stack).addKubernetesObjects('Settings', { objects: [object], waitFor: [Wait.jobComplete('migrate')] });
    synthesize(stack);
  },
  '… must be allowed …, but are denied…': () => accessTo(account(newStack())).assertAllowed('s3:ListAllMyBuckets'),
  'the trust policy of role … must admit …, but …: …': () => {
    const reader = account(newStack());
    PodAccess.fromStack(Stack.of(reader)).trustPolicyOf(reader).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'writer' });
  },
  'the templates have several clusters: pass one of them as the option cluster: …': () => {
    const { stack, reader } = twoStacks();
    newCluster(new Stack(stack.node.root as App, 'Third'));
    accessTo(reader);
  },
  '… takes no resource: omit it': () => accessTo(account(newStack())).assertAllowed('s3:ListAllMyBuckets', { resource: 'arn:aws:s3:::reports' }),
};
