import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PropsOfEksCluster } from '../../lib/cluster/private/eks-cluster';
import { newCluster, newStack, version } from '../stacks';

// what the documentation of IrsaClusterProps says of properties that it inherits

test('mastersRole becomes an administrator of the cluster through an access entry, and two outputs have commands that use it', () => {
  const stack = newStack();
  const mastersRole = new iam.Role(stack, 'Masters', { assumedBy: new iam.AccountRootPrincipal() });
  newCluster(stack, { mastersRole });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::AccessEntry', {
    PrincipalArn: stack.resolve(mastersRole.roleArn),
    KubernetesGroups: Match.absent(),
    AccessPolicies: [{ AccessScope: { Type: 'cluster' }, PolicyArn: Match.objectLike({}) }],
  });
  expect(Object.keys(template.findOutputs('*'))).toEqual([expect.stringContaining('ConfigCommand'), expect.stringContaining('GetTokenCommand'), expect.stringContaining('IssuerUrl')]);
});

test('manifests of the EKS cluster require kubectlProviderOptions', () => {
  expect(() => newCluster(newStack()).eksCluster.addManifest('Settings', {})).toThrow('Kubectl Provider is not defined in this cluster');
});

test.each([[true], [false]])('prune: %s has no effect on Kubernetes objects', (prune) => {
  const templates = [{}, { prune }].map((props) => {
    const stack = newStack();
    newCluster(stack, props).addKubernetesObjects('Objects', { objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } }] });
    return Template.fromStack(stack).toJSON();
  });
  expect(templates[1]).toEqual(templates[0]);
});

test('removalPolicy applies to the cluster, its OIDC provider and VPC, and not to nodegroups, the function, service accounts and their roles', () => {
  const stack = newStack();
  const cluster = newCluster(stack, { nodegroups: [{}], removalPolicy: RemovalPolicy.RETAIN });
  cluster.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader' });
  const { Resources } = Template.fromStack(stack).toJSON();
  const retained = Object.keys(Resources).filter((id) => Resources[id].DeletionPolicy === 'Retain');
  const ofEksCluster = cluster.eksCluster.node.findAll().filter((construct) => CfnResource.isCfnResource(construct));
  expect(retained).toEqual(ofEksCluster.map(({ logicalId }) => stack.resolve(logicalId)));
  expect(retained.map((id) => Resources[id].Type)).toEqual(expect.arrayContaining(['AWS::EKS::Cluster', 'AWS::IAM::OIDCProvider', 'AWS::EC2::VPC']));
});

test('a property of IrsaCluster does not compile as one of the EKS cluster, which would ignore it', () => {
  const theirs: PropsOfEksCluster = { version, prune: true };
  // @ts-expect-error: the compiler refuses a property that cluster-input.ts does not take out
  const ours: PropsOfEksCluster = { version, autoMode: true };
  expect([theirs, ours]).toHaveLength(2);
});
