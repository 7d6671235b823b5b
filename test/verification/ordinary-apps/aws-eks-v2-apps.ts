import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { deployment, ENV, kubectlLayer, namespaceOf, newApp, OrdinaryApp } from './app';
import { verification } from '../../../lib';

const read = (stack: Stack) => verification.PodAccess.fromStack(stack);

const newCluster = (stack: Stack, props: Partial<eks.ClusterProps> = {}) =>
  new eks.Cluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.35'), kubectlProviderOptions: { kubectlLayer: kubectlLayer(stack) }, ...props });

/** A cluster with a nodegroup whose pods do not reach the instance metadata. */
function clusterWithNodes(stack: Stack, props: Partial<eks.ClusterProps> = {}): eks.Cluster {
  const cluster = newCluster(stack, { defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0, ...props });
  cluster.addNodegroupCapacity('Nodes', { amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD });
  return cluster;
}

/** One service account of each kind. */
export function accounts(): OrdinaryApp {
  const stack = new Stack(newApp(), 'Images', { env: ENV });
  const cluster = clusterWithNodes(stack);
  const bucket = new s3.Bucket(stack, 'Bucket');
  const uploader = cluster.addServiceAccount('Uploader', { name: 'uploader', namespace: 'images' });
  const resizer = cluster.addServiceAccount('Resizer', { name: 'resizer', namespace: 'images', identityType: eks.IdentityType.POD_IDENTITY });
  bucket.grantPut(uploader);
  bucket.grantReadWrite(resizer);
  cluster.addManifest('Images', deployment('uploader', 'images', 'uploader'), deployment('resizer', 'images', 'resizer'));
  return {
    access: read(stack),
    granted: [{ action: 's3:PutObject', resource: bucket.arnForObjects('*'), of: 'its bucket' }, { action: 's3:GetObject', resource: bucket.arnForObjects('*'), of: 'its bucket' }],
    otherPods: [{ serviceAccountName: 'default' }, { namespace: 'kube-system', serviceAccountName: 'aws-node', definedElsewhere: true }],
  };
}

/** EKS Auto Mode, which is the default. */
export function autoMode(): OrdinaryApp {
  const stack = new Stack(newApp(), 'Chat', { env: ENV });
  const cluster = newCluster(stack);
  const secret = new secretsmanager.Secret(stack, 'Token');
  const bot = cluster.addServiceAccount('Bot', { name: 'bot', namespace: 'chat', identityType: eks.IdentityType.POD_IDENTITY });
  secret.grantRead(bot);
  cluster.addManifest('Chat', namespaceOf('chat'), deployment('bot', 'chat', 'bot'), deployment('web', 'chat'));
  return {
    access: read(stack),
    granted: [{ action: 'secretsmanager:GetSecretValue', resource: secret.secretArn, of: 'its secret' }],
    otherPods: [{ serviceAccountName: 'default' }],
  };
}

/** A chart, and a patch of what Amazon EKS installs. */
export function chartAndPatch(): OrdinaryApp {
  const stack = new Stack(newApp(), 'Metrics', { env: ENV });
  const cluster = clusterWithNodes(stack);
  const account = cluster.addServiceAccount('Prometheus', { name: 'prometheus', namespace: 'monitoring' });
  const workspace = 'arn:aws:aps:eu-central-1:123456789012:workspace/ws-01234567-89ab-cdef-0123-456789abcdef';
  account.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['aps:RemoteWrite'], resources: [workspace] }));
  cluster.addHelmChart('Chart', { chart: 'prometheus', repository: 'https://charts.example.com', namespace: 'monitoring', values: { serviceAccounts: { server: { create: false, name: 'prometheus' } } } });
  new eks.KubernetesPatch(stack, 'CoreDns', {
    cluster,
    resourceName: 'deployment/coredns',
    resourceNamespace: 'kube-system',
    applyPatch: { spec: { replicas: 3 } },
    restorePatch: { spec: { replicas: 2 } },
  });
  return { access: read(stack), granted: [{ action: 'aps:RemoteWrite', resource: workspace }], otherPods: [{ serviceAccountName: 'default' }] };
}

/** A platform, data, and a service of each of two teams, in four stacks. */
export function severalStacks(): OrdinaryApp {
  const app = newApp();
  const [platform, data, orders, billing] = ['Platform', 'Data', 'Orders', 'Billing'].map((id) => new Stack(app, id, { env: ENV }));
  const cluster = clusterWithNodes(platform);
  const table = new dynamodb.Table(data, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED });
  const queue = new sqs.Queue(data, 'Queue', { enforceSSL: true });
  const service = (stack: Stack, name: string) => {
    const { role } = new eks.ServiceAccount(stack, 'Account', { cluster, name, namespace: name });
    new eks.KubernetesManifest(stack, 'Service', { cluster, manifest: [namespaceOf(name), deployment(name, name, name)] });
    return role;
  };
  const [writer, reader] = [service(orders, 'orders'), service(billing, 'billing')];
  table.grantReadWriteData(writer);
  queue.grantSendMessages(writer);
  queue.grantConsumeMessages(reader);
  return {
    access: read(platform),
    granted: [
      { action: 'dynamodb:GetItem', resource: table.tableArn, of: 'its table' },
      { action: 'sqs:SendMessage', resource: queue.queueArn, of: 'its queue' },
      { action: 'sqs:ReceiveMessage', resource: queue.queueArn, of: 'its queue' },
    ],
  };
}

/** Karpenter, with a policy that the app writes by hand, and nodes of a role of their own. Its node pools are elsewhere, such as in GitOps. */
export function karpenter(define: (cluster: eks.Cluster, nodes: iam.Role) => void = () => undefined): OrdinaryApp {
  const stack = new Stack(newApp(), 'Compute', { env: ENV });
  const cluster = clusterWithNodes(stack, { clusterName: 'compute' });
  const nodes = new iam.Role(stack, 'NodeRole', {
    roleName: 'compute-nodes',
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonEKS_CNI_Policy'].map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  cluster.grantAccess('Nodes', nodes.roleArn, [], { accessEntryType: eks.AccessEntryType.EC2_LINUX });
  const controller = cluster.addServiceAccount('Karpenter', { name: 'karpenter', namespace: 'kube-system', identityType: eks.IdentityType.POD_IDENTITY });
  controller.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ec2:CreateFleet', 'ec2:RunInstances', 'ec2:CreateLaunchTemplate', 'ec2:CreateTags', 'ec2:Describe*', 'pricing:GetProducts'], resources: ['*'] }));
  controller.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ec2:TerminateInstances'], resources: ['*'], conditions: { StringEquals: { 'aws:ResourceTag/kubernetes.io/cluster/compute': 'owned' } } }));
  controller.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [nodes.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }));
  define(cluster, nodes);
  cluster.addHelmChart('Chart', { chart: 'karpenter', repository: 'oci://registry.example.com/karpenter', namespace: 'kube-system', values: { settings: { clusterName: 'compute' } } });
  return {
    access: read(stack),
    granted: [{ action: 'ec2:TerminateInstances' }, { action: 'iam:PassRole', resource: nodes.roleArn, of: 'the role of its nodes' }],
    otherPods: [{ serviceAccountName: 'default' }],
  };
}

/** The same with its node pool and its node class. */
export const karpenterPool = (): OrdinaryApp => karpenter((cluster, { roleName }) => {
  const selectorTerms = [{ tags: { 'karpenter.sh/discovery': 'compute' } }];
  const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };
  const requirements = [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }];
  cluster.addManifest(
    'Pool',
    {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name: 'default' },
      spec: { role: roleName, amiSelectorTerms: [{ alias: 'al2023@latest' }], subnetSelectorTerms: selectorTerms, securityGroupSelectorTerms: selectorTerms },
    },
    { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'spot' }, spec: { template: { spec: { nodeClassRef, requirements } } } },
  );
});
