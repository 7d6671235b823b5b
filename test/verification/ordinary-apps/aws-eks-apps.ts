import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { deployment, ENV, kubectlLayer, namespaceOf, newApp, oldApp, OrdinaryApp } from './app';
import { verification } from '../../../lib';

const read = (stack: Stack) => verification.PodAccess.fromStack(stack);

const newCluster = (stack: Stack, props: Partial<eks.ClusterProps> = {}) =>
  new eks.Cluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.35'), kubectlLayer: kubectlLayer(stack), ...props });

/** External DNS, whose chart uses a service account that the app defines. The nodes are those that aws-eks creates by default. */
export function chart(): OrdinaryApp {
  const stack = new Stack(oldApp(), 'Dns', { env: ENV });
  const cluster = newCluster(stack, { clusterName: 'dns' });
  const account = cluster.addServiceAccount('ExternalDns', { name: 'external-dns', namespace: 'kube-system' });
  const zone = 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ';
  account.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['route53:ChangeResourceRecordSets'], resources: [zone] }));
  account.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['route53:ListHostedZones'], resources: ['*'] }));
  cluster.addHelmChart('Chart', {
    chart: 'external-dns',
    repository: 'https://charts.example.com',
    namespace: 'kube-system',
    values: { serviceAccount: { create: false, name: account.serviceAccountName } },
  });
  return {
    access: read(stack),
    granted: [{ action: 'route53:ChangeResourceRecordSets', resource: zone }, { action: 'route53:ListHostedZones' }],
    otherPods: [{ serviceAccountName: 'default' }, { namespace: 'kube-system', serviceAccountName: 'metrics-server', definedElsewhere: true }],
  };
}

/** The same for the AWS Load Balancer Controller, which aws-eks installs by itself. */
export function loadBalancers(): OrdinaryApp {
  const stack = new Stack(newApp(), 'Ingress', { env: ENV });
  newCluster(stack, { albController: { version: eks.AlbControllerVersion.V2_8_2 } });
  return {
    access: read(stack),
    granted: [{ action: 'elasticloadbalancing:DescribeLoadBalancers' }],
    otherPods: [{ serviceAccountName: 'default' }],
  };
}

/** A service that reads its bucket, in a stack for any account, and an administrator in the ConfigMap aws-auth. */
export function manifests(): OrdinaryApp {
  const stack = new Stack(oldApp(), 'Reports');
  const cluster = newCluster(stack);
  cluster.awsAuth.addMastersRole(iam.Role.fromRoleName(stack, 'Admin', 'administrator'));
  const bucket = new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS, enforceSSL: true });
  const namespace = cluster.addManifest('Namespace', namespaceOf('reports'));
  const reader = cluster.addServiceAccount('Reader', { name: 'reader', namespace: 'reports' });
  reader.node.addDependency(namespace);
  bucket.grantRead(reader);
  cluster.addManifest('Reports', deployment('reports', 'reports', reader.serviceAccountName), {
    apiVersion: 'v1', kind: 'Service', metadata: { name: 'reports', namespace: 'reports' }, spec: { selector: { app: 'reports' }, ports: [{ port: 80 }] },
  });
  cluster.addManifest('Web', deployment('web', 'reports'));
  return {
    access: read(stack),
    granted: [{ action: 's3:GetObject', resource: bucket.arnForObjects('*'), of: 'its bucket' }, { action: 's3:PutObject', resource: bucket.arnForObjects('*'), of: 'its bucket' }],
    otherPods: [{ serviceAccountName: 'default' }],
  };
}

/** Nodegroups, one of them with a launch template that keeps pods from the instance metadata, and a namespace on Fargate. */
export function nodegroups(): OrdinaryApp {
  const stack = new Stack(newApp(), 'Shop', { env: ENV });
  const cluster = newCluster(stack, { defaultCapacity: 0, authenticationMode: eks.AuthenticationMode.API });
  cluster.addNodegroupCapacity('Arm', { nodegroupName: 'arm', amiType: eks.NodegroupAmiType.AL2023_ARM_64_STANDARD, instanceTypes: [new ec2.InstanceType('m7g.large')] });
  const template = new ec2.LaunchTemplate(stack, 'Template', { requireImdsv2: true, httpPutResponseHopLimit: 1 });
  cluster.addNodegroupCapacity('Spot', {
    nodegroupName: 'spot',
    capacityType: eks.CapacityType.SPOT,
    launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
  });
  cluster.addFargateProfile('Jobs', { selectors: [{ namespace: 'jobs' }] });
  const account = cluster.addServiceAccount('Invoices', { name: 'invoices', namespace: 'jobs' });
  account.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ses:SendEmail'], resources: ['*'] }));
  cluster.addManifest('Invoices', deployment('invoices', 'jobs', 'invoices'));
  cluster.addManifest('Web', deployment('web', 'default'));
  return { access: read(stack), granted: [{ action: 'ses:SendEmail' }], otherPods: [{ serviceAccountName: 'default' }, { namespace: 'jobs', serviceAccountName: 'default' }] };
}

/** Nodes of an Auto Scaling group. */
export function selfManaged(): OrdinaryApp {
  const stack = new Stack(oldApp(), 'Batch', { env: ENV });
  const cluster = newCluster(stack, { defaultCapacity: 0 });
  const nodes = cluster.addAutoScalingGroupCapacity('Nodes', { instanceType: new ec2.InstanceType('c7i.large'), machineImageType: eks.MachineImageType.BOTTLEROCKET });
  nodes.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy'));
  const account = cluster.addServiceAccount('Worker', { name: 'worker' });
  account.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sqs:ReceiveMessage'], resources: ['arn:aws:sqs:eu-central-1:123456789012:work'] }));
  cluster.addManifest('Worker', deployment('worker', 'default', 'worker'));
  return { access: read(stack), granted: [{ action: 'sqs:ReceiveMessage', resource: 'arn:aws:sqs:eu-central-1:123456789012:work' }] };
}

/** A cluster next to a custom resource that calls AWS while the stack is deployed. */
export function customResource(): OrdinaryApp {
  const stack = new Stack(newApp(), 'Logging', { env: ENV });
  const cluster = newCluster(stack, { clusterName: 'logging' });
  const call = { service: 'EKS', action: 'describeCluster', parameters: { name: cluster.clusterName }, physicalResourceId: PhysicalResourceId.of('cluster'), outputPaths: ['cluster.platformVersion'] };
  new AwsCustomResource(stack, 'Describe', { onUpdate: call, policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }), installLatestAwsSdk: false });
  const account = cluster.addServiceAccount('FluentBit', { name: 'fluent-bit', namespace: 'logging' });
  account.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy'));
  cluster.addManifest('FluentBit', {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'fluent-bit', namespace: 'logging' },
    spec: {
      selector: { matchLabels: { app: 'fluent-bit' } },
      template: {
        metadata: { labels: { app: 'fluent-bit' } },
        spec: {
          serviceAccountName: 'fluent-bit',
          containers: [{ name: 'fluent-bit', image: 'registry.example.com/fluent-bit:3', volumeMounts: [{ name: 'logs', mountPath: '/var/log', readOnly: true }] }],
          volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }],
        },
      },
    },
  });
  return { access: read(stack), granted: [{ action: 'logs:PutLogEvents', resource: 'arn:aws:logs:eu-central-1:123456789012:log-group:/pods:log-stream:web' }] };
}

/** A cluster of another app, to which this one deploys. */
export function imported(): OrdinaryApp {
  const stack = new Stack(newApp(), 'Team', { env: ENV });
  const provider = 'oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE0539D4633E53DE1B71EXAMPLE';
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: 'company',
    kubectlRoleArn: 'arn:aws:iam::123456789012:role/company-kubectl',
    openIdConnectProvider: iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', `arn:aws:iam::123456789012:${provider}`),
    kubectlLayer: kubectlLayer(stack),
  });
  const account = cluster.addServiceAccount('Api', { name: 'api', namespace: 'team' });
  account.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:eu-central-1:123456789012:table/orders'] }));
  cluster.addManifest('Api', deployment('api', 'team', 'api'));
  return { access: read(stack), granted: [{ action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders' }] };
}
