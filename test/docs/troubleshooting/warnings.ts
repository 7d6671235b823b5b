import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { account, object, subjects } from './apps';
import { IrsaCluster, KubernetesObjects, ObjectsAccess, PodCredentials, policies, ServiceAccountRole, ServiceAccountSubject, Wait } from '../../../lib';
import { ExistingCluster, newCluster } from '../../stacks';

const job = (namespace: string, serviceAccountName = 'reader') => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'report', namespace }, spec: { template: { spec: { serviceAccountName } } },
});
const mediumInstance = new ec2.InstanceType('t3.medium');
const managedPolicies = Array.from({ length: 11 }, (_, i) => iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`));

/** What causes each warning of the page. */
export const WARNINGS: { readonly [id: string]: (stack: Stack) => unknown } = {
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
  'cdk-irsa:cluster-region': (stack) => {
    const clusterArn = 'arn:aws:eks:eu-central-1:123456789012:cluster/prod';
    const issuerUrl = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', clusterArn, issuerUrl });
    return new ServiceAccountRole(stack, 'Autoscaler', { cluster, controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });
  },
  'cdk-irsa:issuer-id': (stack) => IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/T1' }),
  'cdk-irsa:namespace-dependency': (stack) => {
    const cluster = newCluster(stack);
    cluster.addKubernetesObjects('Namespace', { objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'reports' } }] });
    account(stack, cluster, { createNamespace: false });
  },
  'cdk-irsa:missing-addons': (stack) => newCluster(stack, { bootstrapSelfManagedAddons: false, nodegroups: [{}] }),
  'cdk-irsa:addon-name': (stack) => newCluster(stack, { addons: [{ addonName: 'aws-ebs-csi-drivr' }] }),
  'cdk-irsa:addon-policy': (stack) => newCluster(stack, { addons: [{ addonName: 'aws-fsx-csi-driver', controllerPolicies: [new policies.ClusterAutoscalerPolicy()] }] }),
  'cdk-irsa:addon-tag-setting': (stack) =>
    newCluster(stack, { addons: [{ addonName: 'aws-ebs-csi-driver', controllerPolicies: [new policies.EbsCsiDriverPolicy()] }] }),
  'cdk-irsa:controller-account': (stack) => new ServiceAccountRole(stack, 'Role', {
    cluster: newCluster(stack),
    subjects: [ServiceAccountSubject.exact('kube-system', 'cluster-autoscaler')],
    controllerPolicies: [new policies.AwsLoadBalancerControllerPolicy()],
  }),
  'cdk-irsa:unknown-setting': (stack) => newCluster(stack).addNodegroup('Nodes', { kubelet: { brandNew: true } }),
  'cdk-irsa:cluster-address': (stack) => {
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', {
      clusterName: 'prod',
      issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
      clusterEndpoint: new CfnParameter(stack, 'Endpoint').valueAsString,
      clusterCertificateAuthorityData: new CfnParameter(stack, 'Authority').valueAsString,
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-west-2a'], isolatedSubnetIds: ['subnet-1'] }),
      clusterSecurityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    });
    new KubernetesObjects(stack, 'Objects', { cluster, objects: [object] });
  },
  'cdk-irsa:foreign-nodegroup': (stack) => newCluster(stack).eksCluster.addNodegroupCapacity('Foreign'),
  'cdk-irsa:self-managed-nodes': (stack) => newCluster(stack).eksCluster.addAutoScalingGroupCapacity('Nodes', { instanceType: mediumInstance }),
  'cdk-irsa:launch-template': (stack) => newCluster(stack).addNodegroup('Nodes', { launchTemplate: new ec2.LaunchTemplate(stack, 'Mine', { instanceType: mediumInstance }) }),
  'cdk-irsa:remote-access': (stack) =>
    newCluster(stack).addNodegroup('Nodes', { remoteAccess: { keyPair: ec2.KeyPair.fromKeyPairName(stack, 'Key', 'mine'), sourceSecurityGroups: [] } }),
  'cdk-irsa:wait-without-nodes': (stack) =>
    newCluster(stack).addKubernetesObjects('Jobs', { objects: [job('reports')], waitFor: [Wait.jobComplete('report', { namespace: 'reports' })] }),
  'cdk-irsa:secret-in-template': (stack) =>
    newCluster(stack).addKubernetesObjects('Secret', { objects: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'password' } }] }),
  'cdk-irsa:no-echo': (stack) => newCluster(stack).addNodegroup('Nodes', {
    kubelet: { clusterDomain: new CfnParameter(stack, 'Secret', { noEcho: true }).valueAsString },
  }),
  'cdk-irsa:trust-policy-quota': (stack) => {
    const cluster = newCluster(stack);
    const many = Array.from({ length: 40 }, (_, i) => ServiceAccountSubject.exact(`namespace-with-a-long-name-${i}`, 'reader'));
    new ServiceAccountRole(stack, 'Role', { cluster, subjects: many });
  },
  'cdk-irsa:managed-policy-name': (stack) => account(stack, undefined, { managedPolicies: managedPolicies.slice(0, 1) }),
  'cdk-irsa:managed-policy-quota': (stack) => account(stack, undefined, { managedPolicies }),
  'cdk-irsa:key-policy': (stack) =>
    newCluster(stack, { objectsFunction: { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:123456789012:key/k1') } })
      .addKubernetesObjects('Settings', { objects: [object] }),
  'cdk-irsa:rbac-by-access-policy': (stack) =>
    newCluster(stack, { objectsAccess: ObjectsAccess.namespaces(['reports'], { allowRbac: true }) }).addKubernetesObjects('Roles', {
      objects: [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader', namespace: 'reports' } }],
    }),
  'cdk-irsa:imported-role': (stack) =>
    ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleName(stack, 'Theirs', 'theirs')).addTrust(new ExistingCluster(stack, 'Existing'), ...subjects),
  'cdk-irsa:target-role-permission': (stack) => {
    const [role, targetRole] = ['theirs', 'target'].map((name) => iam.Role.fromRoleArn(stack, name, `arn:aws:iam::123456789012:role/${name}`, { mutable: false }));
    ServiceAccountRole.fromRole(stack, 'Role', role, { podCredentials: PodCredentials.podIdentity({ targetRole }) }).addTrust(new ExistingCluster(stack, 'Existing'), ...subjects);
  },
  'cdk-irsa:competing-roles': (stack) => {
    const cluster = new ExistingCluster(stack, 'Existing');
    [PodCredentials.irsa(), PodCredentials.podIdentity()].forEach((podCredentials, i) => new ServiceAccountRole(stack, `Role${i}`, { cluster, subjects, podCredentials }));
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
