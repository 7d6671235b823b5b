import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import {
  IIrsaCluster, IrsaCluster, KubernetesObjects, ObjectsAccess, OidcProvider, PodCredentials, ServiceAccountRole, ServiceAccountSubject,
  ServiceAccountWithRole, verification, Wait,
} from '../../lib';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { KubernetesError } from '../../lib/kubernetes/function/client/api-server';
import { KubernetesApi } from '../../lib/kubernetes/function/client/kubernetes-api';
import { describe as described } from '../../lib/kubernetes/function/errors';
import { LIMITS } from '../../lib/kubernetes/function/limits';
import { Patience } from '../../lib/kubernetes/function/patience';
import { Owners } from '../../lib/kubernetes/function/records/owners';
import { decode } from '../../lib/kubernetes/function/records/record';
import { judge, Wish } from '../../lib/kubernetes/function/sets/judgement';
import { waitForConditions } from '../../lib/kubernetes/function/waiting/wait-for-conditions';
import { deployed } from '../deployed';
import { read, ROOT } from '../documents';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const { PodAccess } = verification;
const synthesize = (stack: Stack) => (stack.node.root as App).synth();
const account = (scope: Stack, cluster: IIrsaCluster = newCluster(scope), more: object = {}) =>
  new ServiceAccountWithRole(scope, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports', ...more });
/** The stack of a cluster, and another one with a service account for it. */
const twoStacks = () => {
  const stack = newStack();
  const other = newStack('Other', {}, stack.node.root);
  const cluster = newCluster(stack);
  return { stack, other, cluster, reader: account(other, cluster) };
};
const inOregon = { env: { account: '123456789012', region: 'us-west-2' } };
const elsewhere = { env: { account: '210987654321', region: 'us-west-2' } };
const subjects = [ServiceAccountSubject.exact('reports', 'reader')];
const inOhio = { env: { account: '123456789012', region: 'us-east-2' } };

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'reports', uid: 'u' } };
const entry = { object, uid: 'u', epoch: 1, landed: true, origin: 'absent' as const, fields: [] };
const wish: Wish = { object, owner: '123456789012/us-west-2/Stack/Set', existing: ExistingObjects.REFUSE, isUndo: false, token: 't' };
const judged = (more: Partial<Wish> = {}, ...owners: string[]) => {
  const holders = owners.map((owner) => ({ owner, entry, isEnding: false }));
  const lists = { holdersOf: () => holders, entryFor: () => undefined, isKept: () => false };
  const judgement = judge(object, { ...wish, ...more }, lists as unknown as Owners);
  throw new Error((judgement as { why: string }).why);
};
const answered = (statusCode: number, message: string, reason?: string, field?: string) => {
  throw described(object, new KubernetesError('apply', statusCode, { message, reason, details: { causes: field ? [{ field, message }] : [] } }));
};

/** For errors that only a real API server or Amazon EKS causes: the message is in the source text. */
const written = (file: string) => () => {
  throw new Error(read(join('lib/kubernetes/function', file)));
};

/** For errors of Amazon EKS, which the local AWS writes in the same words. */
const byAmazonEks = (file: string) => () => {
  throw new Error(read(join('local-aws/server', file)));
};

const imported = (stack: Stack) => IrsaCluster.fromClusterAttributes(stack, 'Prod', { clusterName: 'prod' });
const withPodIdentity = (cluster: IIrsaCluster, id: string, trusted = subjects) =>
  new ServiceAccountRole(Stack.of(cluster), id, { cluster, subjects: trusted, credentials: PodCredentials.podIdentity() });

/** What the pods of `reports/reader` can do. */
const accessTo = (reader: ServiceAccountWithRole) => PodAccess.fromStack(Stack.of(reader)).pod({ namespace: 'reports', serviceAccountName: 'reader' });

/** What the function says about a Job that it awaits. */
const waiting = (found: object | undefined) => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate' } };
  const limits = { ...LIMITS, pause: 10 };
  return waitForConditions({ objects: [job], awaited: [{ object: job, type: 'Complete' }], waitTimeout: 5 }, {
    api: { get: async () => found } as unknown as KubernetesApi, limits, patience: new Patience(Date.now() + 1_000, limits), finished: new Set(),
  });
};

/** What causes each message of the page. */
const MESSAGES: { readonly [message: string]: () => unknown } = {
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
  'clusterEndpoint is not known, but …': () => {
    const stack = newStack();
    const cluster = IrsaCluster.fromClusterAttributes(stack, 'Prod', { clusterName: 'prod' });
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
    PodAccess.fromStack(Stack.of(reader)).trustOf(reader).assertAdmitsOnly('reports', 'writer');
  },
  'cluster is required, because the templates have several: …': () => {
    const { stack, reader } = twoStacks();
    newCluster(new Stack(stack.node.root as App, 'Third'));
    accessTo(reader);
  },
  '… takes no resource: omit it': () => accessTo(account(newStack())).assertAllowed('s3:ListAllMyBuckets', { resource: 'arn:aws:s3:::reports' }),
  'Template error: Fn::Select cannot select nonexistent value at index 1': () => {
    const stack = newStack();
    newCluster(stack, { issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/OTHER' });
    deployed(stack, Template.fromStack(stack).toJSON().Outputs);
  },
  'the OIDC issuer of the cluster is …, but issuerUrl is …: …': written('client/issuer.ts'),
  '… already exists and is managed by …': () => judged(),
  '… already exists (someone else has created it again) and is managed by …': () => judged({ entry: { ...entry, uid: 'before' } }),
  '… belongs to …: …': () => judged({}, '123456789012/us-west-2/Other/Set'),
  '… 422 Invalid: …': () => answered(422, 'Invalid value', 'Invalid', 'data'),
  '… this cannot be changed in place, so give the object another name': written('sets/apply-set.ts'),
  '… has failed: …: while it exists, see kubectl …': () => waiting({ metadata: {}, status: { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] } }),
  'after … s, waitFor does not hold: …': () => waiting({ metadata: {}, spec: {} }),
  '… has failed: it no longer exists, so its result is unknown': () => waiting(undefined),
  '… 404 NotFound: namespaces … not found': () => answered(404, 'namespaces "reports" not found', 'NotFound'),
  '… the cluster has no kind … in …': written('client/kubernetes-api.ts'),
  '… the cluster does not accept the role of the function, …': () => answered(401, 'Unauthorized', 'Unauthorized'),
  '… 403 Forbidden: …': () => answered(403, 'configmaps "settings" is forbidden', 'Forbidden'),
  '… kubectl create namespace …, and let only administrators and the function write Secrets in it': written('records/record-store.ts'),
  'record … cannot be read: …': () => decode('record', 'x'),
  'cluster … exists in Amazon EKS, but the function cannot reach its API server: …': written('client/cluster-watch.ts'),
  'cannot find out from Amazon EKS whether cluster … exists (…): …': written('client/cluster-watch.ts'),
  'Association already exists: …': byAmazonEks('pod_identity_associations.py'),
  'Addon already exists': byAmazonEks('addons.py'),
  'WARNING: pods of … that start now may not get its credentials: …': written('credentials/wait-for-credentials.ts'),
  'the function does not wait until pods of … get credentials, …': written('credentials/wait-for-credentials.ts'),
};

const job = (namespace: string, serviceAccountName = 'reader') => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'report', namespace }, spec: { template: { spec: { serviceAccountName } } },
});
const mediumInstance = new ec2.InstanceType('t3.medium');
const managedPolicies = Array.from({ length: 11 }, (_, i) => iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`));

/** What causes each warning of the page. */
const WARNINGS: { readonly [id: string]: (stack: Stack) => unknown } = {
  'cdk-irsa:service-account-dependency': (stack) => {
    const cluster = newCluster(stack);
    account(stack, cluster);
    cluster.addKubernetesObjects('Jobs', { objects: [job('reports')] });
  },
  'cdk-irsa:service-account-namespace': (stack) => {
    const cluster = newCluster(stack);
    account(stack, cluster);
    cluster.addKubernetesObjects('Jobs', { objects: [job('default')] });
  },
  'cdk-irsa:service-account-name': (stack) => {
    const cluster = newCluster(stack);
    cluster.addKubernetesObjects('Jobs', { objects: [job('reports', 'raeder')] }).node.addDependency(account(stack, cluster));
  },
  'cdk-irsa:aws-cdk-service-account': (stack) => {
    const kubectlLayer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:us-west-2:123456789012:layer:kubectl:1');
    const cluster = newCluster(stack, { kubectlProviderOptions: { kubectlLayer } });
    cluster.eksCluster.addServiceAccount('Theirs', { name: 'reader', namespace: 'reports' });
    account(stack, cluster);
  },
  'cdk-irsa:issuer-id': (stack) => IrsaCluster.fromClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/T1' }),
  'cdk-irsa:namespace-dependency': (stack) => {
    const cluster = newCluster(stack);
    cluster.addKubernetesObjects('Namespace', { objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'reports' } }] });
    account(stack, cluster, { createNamespace: false });
  },
  'cdk-irsa:missing-addons': (stack) => newCluster(stack, { bootstrapSelfManagedAddons: false, nodegroups: [{}] }),
  'cdk-irsa:addon-name': (stack) => newCluster(stack, { addons: [{ addonName: 'aws-ebs-csi-drivr' }] }),
  'cdk-irsa:unknown-setting': (stack) => newCluster(stack).addNodegroup('Nodes', { kubelet: { brandNew: true } }),
  'cdk-irsa:foreign-nodegroup': (stack) => newCluster(stack).eksCluster.addNodegroupCapacity('Foreign'),
  'cdk-irsa:self-managed-nodes': (stack) => newCluster(stack).eksCluster.addAutoScalingGroupCapacity('Nodes', { instanceType: mediumInstance }),
  'cdk-irsa:launch-template': (stack) => newCluster(stack).addNodegroup('Nodes', { launchTemplate: new ec2.LaunchTemplate(stack, 'Mine', { instanceType: mediumInstance }) }),
  'cdk-irsa:remote-access': (stack) =>
    newCluster(stack).addNodegroup('Nodes', { remoteAccess: { keyPair: ec2.KeyPair.fromKeyPairName(stack, 'Key', 'mine'), sourceSecurityGroups: [] } }),
  'cdk-irsa:secret-in-template': (stack) =>
    newCluster(stack).addKubernetesObjects('Secret', { objects: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'password' } }] }),
  'cdk-irsa:trust-policy-quota': (stack) => {
    const cluster = newCluster(stack);
    const many = Array.from({ length: 40 }, (_, i) => ServiceAccountSubject.exact(`namespace-with-a-long-name-${i}`, 'reader'));
    new ServiceAccountRole(stack, 'Role', { cluster, subjects: many });
  },
  'cdk-irsa:managed-policy-quota': (stack) => account(stack, undefined, { managedPolicies }),
  'cdk-irsa:key-policy': (stack) =>
    newCluster(stack, { objectsFunction: { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:123456789012:key/k1') } })
      .addKubernetesObjects('Settings', { objects: [object] }),
  'cdk-irsa:rbac-by-access-policy': (stack) =>
    newCluster(stack, { objectsAccess: ObjectsAccess.namespaces(['reports'], { rbac: true }) }).addKubernetesObjects('Roles', {
      objects: [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader', namespace: 'reports' } }],
    }),
  'cdk-irsa:imported-role': (stack) =>
    ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleName(stack, 'Theirs', 'theirs')).addTrust(new ExistingCluster(stack, 'Existing'), ...subjects),
  'cdk-irsa:target-role-permission': (stack) => {
    const [role, targetRole] = ['theirs', 'target'].map((name) => iam.Role.fromRoleArn(stack, name, `arn:aws:iam::123456789012:role/${name}`, { mutable: false }));
    ServiceAccountRole.fromRole(stack, 'Role', role, PodCredentials.podIdentity({ targetRole })).addTrust(new ExistingCluster(stack, 'Existing'), ...subjects);
  },
  'cdk-irsa:pod-identity-on-fargate': (stack) => {
    const cluster = newCluster(stack, { clusterName: 'prod', podCredentials: PodCredentials.podIdentity() });
    const selectors = [{ namespace: 'reports', labels: [{ key: 'tier', value: 'one' }] }];
    new CfnFargateProfile(stack, 'Fargate', { clusterName: 'prod', podExecutionRoleArn: 'arn', selectors });
    account(stack, cluster);
  },
  'cdk-irsa:pod-identity-on-windows': (stack) => {
    const cluster = newCluster(stack, { podCredentials: PodCredentials.podIdentity(), nodegroups: [{}] });
    cluster.eksCluster.addNodegroupCapacity('Windows', { amiType: eks.NodegroupAmiType.WINDOWS_CORE_2022_X86_64 });
    account(stack, cluster);
  },
  'cdk-irsa:reported-trust': (stack) => {
    iam.Role.customizeRoles(stack);
    const cluster = new ExistingCluster(stack, 'Existing');
    new ServiceAccountRole(stack, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'reader')] })
      .addTrust(cluster, ServiceAccountSubject.exact('reports', 'writer'));
  },
};

const page = read('docs/troubleshooting.md');
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the page has these messages', () => {
  expect([...page.matchAll(/^### `(.*)`$/gm)].map(([, message]) => message)).toEqual(Object.keys(MESSAGES));
});

test.each(Object.entries(MESSAGES))('%s', async (message, provoke) => {
  await expect((async () => provoke())()).rejects.toThrow(new RegExp(message.split('…').map((part) => escaped(part.trim())).join('.*'), 's'));
});

test('the page has each warning', () => {
  const sources = readdirSync(join(ROOT, 'lib'), { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('.ts')).map((file) => read(join('lib', file)));
  const ids = sources.flatMap((source) => [...source.matchAll(/'(cdk-irsa:[\w-]+)'/g)].map(([, id]) => id));
  const listed = [...page.matchAll(/^\| `(cdk-irsa:[\w-]+)` \|/gm)].map(([, id]) => id);
  expect(listed.sort()).toEqual([...new Set(ids)].sort());
  expect(listed).toEqual(Object.keys(WARNINGS).sort());
});

test.each(Object.entries(WARNINGS))('%s', (id, provoke) => {
  const stack = newStack();
  provoke(stack);
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(`\\[ack: ${id}\\]`))).toHaveLength(1);
});
