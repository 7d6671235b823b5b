import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import { App, Stack } from 'aws-cdk-lib';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { context } from '../../../cdk.json';
import { verification } from '../../../lib';

const { PodAccess } = verification;
const NODES = 'ecr:GetAuthorizationToken';

interface Account extends iam.IGrantable { readonly role: iam.IRole }
interface Scene { readonly cluster: eks.Cluster | eksV1.Cluster; readonly irsa: Account; readonly podIdentity: Account }

function ofV2(stack: Stack): Scene {
  const cluster = new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.of('1.35'),
    kubectlProviderOptions: { kubectlLayer: new KubectlV35Layer(stack, 'Kubectl') },
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  cluster.addNodegroupCapacity('Nodes', { nodegroupName: 'nodes', amiType: eks.NodegroupAmiType.AL2_X86_64 });
  return {
    cluster,
    irsa: cluster.addServiceAccount('Irsa', { name: 'irsa', namespace: 'apps' }),
    podIdentity: cluster.addServiceAccount('PodIdentity', { name: 'pod-identity', namespace: 'apps', identityType: eks.IdentityType.POD_IDENTITY }),
  };
}

function ofV1(stack: Stack): Scene {
  const cluster = new eksV1.Cluster(stack, 'Cluster', { version: eksV1.KubernetesVersion.of('1.35'), kubectlLayer: new KubectlV35Layer(stack, 'Kubectl'), defaultCapacity: 0 });
  cluster.addNodegroupCapacity('Nodes', { nodegroupName: 'nodes', amiType: eksV1.NodegroupAmiType.AL2_X86_64 });
  return {
    cluster,
    irsa: cluster.addServiceAccount('Irsa', { name: 'irsa', namespace: 'apps' }),
    podIdentity: cluster.addServiceAccount('PodIdentity', { name: 'pod-identity', namespace: 'apps', identityType: eksV1.IdentityType.POD_IDENTITY }),
  };
}

describe.each<[string, (stack: Stack) => Scene]>([['aws-eks-v2', ofV2], ['aws-eks', ofV1]])('an app that uses only the constructs of %s', (_, build) => {
  const app = new App({ context });
  const stack = new Stack(app, 'Stack');
  const scene = build(stack);
  const data = new Stack(app, 'Data');
  const [bucket, other] = ['Bucket', 'Other'].map((id) => new s3.Bucket(data, id));
  bucket.grantRead(scene.irsa);
  bucket.grantWrite(scene.podIdentity);
  scene.cluster.addManifest('Job', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'read', namespace: 'apps' },
    spec: { template: { spec: { serviceAccountName: 'irsa', containers: [], restartPolicy: 'Never' } } },
  });
  const access = PodAccess.fromStack(stack);
  const irsa = access.pod({ namespace: 'apps', serviceAccountName: 'irsa' });
  const podIdentity = access.pod({ namespace: 'apps', serviceAccountName: 'pod-identity' });

  test('has pods that read, and others that write', () => {
    irsa.assertAllowed('s3:GetObject', { resource: bucket.arnForObjects('*') });
    access.workload({ kind: 'Job', namespace: 'apps', name: 'read' }).assertAllowed('s3:GetObject', { resource: bucket.arnForObjects('reports/1') });
    podIdentity.assertAllowed('s3:PutObject', { resource: `${bucket.bucketArn}/new` });
    for (const pod of [irsa, podIdentity]) {
      pod.assertDenied('s3:GetObject', { resource: other.arnForObjects('*') });
      pod.assertDenied('s3:DeleteBucket');
      pod.assertDenied('s3:ListAllMyBuckets');
    }
  });

  test('has pods that may do what others do, because they can act as their node', () => {
    const [put, get] = [irsa.decide('s3:PutObject', { resource: bucket.arnForObjects('*') }), podIdentity.decide('s3:GetObject', { resource: bucket.arnForObjects('*') })];
    expect([put.outcome, get.outcome]).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(put.missing.join()).toMatch(/whether pods act as their node in the cluster, with its role \w+, get tokens of other pods, and with them the credentials of role \w+/);
    const alone = access.assume({ noOtherCredentials: true });
    alone.pod({ namespace: 'apps', serviceAccountName: 'irsa' }).assertDenied('s3:PutObject', { resource: bucket.arnForObjects('*') });
    alone.pod({ namespace: 'apps', serviceAccountName: 'pod-identity' }).assertDenied('s3:GetObject', { resource: bucket.arnForObjects('*') });
  });

  test('has pods that reach the role of their nodes, because nothing limits the instance metadata', () => {
    access.nodegroup({ nodegroupName: 'nodes' }).assertAllowed(NODES);
    expect(() => irsa.assertDenied(NODES)).toThrow(/by instance metadata\n +pods reach the instance metadata of nodegroup \w+: there is no launch template, and the default hop limit of AL2_x86_64 is 2/);
    expect(() => irsa.assertAllowed(NODES)).toThrow(/must be allowed ecr:GetAuthorizationToken, but are denied with the credentials that SDKs use by default/);
  });

  test('has roles that trust their accounts', () => {
    const trust = access.trustPolicyOf(scene.irsa.role);
    trust.assertAdmitsOnly({ namespace: 'apps', serviceAccountName: 'irsa' });
    expect(() => trust.assertAdmits({ namespace: 'apps', serviceAccountName: 'other' })).toThrow('must admit apps/other, but does not');
    expect(access.trustPolicyOf(scene.podIdentity.role).statements).toEqual([
      { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } },
    ].map((statement) => expect.objectContaining({ ...statement, Action: expect.anything() })));
    expect(() => access.trustPolicyOf(scene.podIdentity.role).assertAdmitsOnly({ namespace: 'apps', serviceAccountName: 'pod-identity' })).toThrow('anyone who can create EKS Pod Identity associations can give the role to other pods');
  });

  test('can be synthesized and read again', () => {
    expect(app.synth().stacks).toHaveLength(2);
    PodAccess.fromStack(data).pod({ namespace: 'apps', serviceAccountName: 'irsa' }).assertDenied('s3:DeleteBucket');
  });
});
