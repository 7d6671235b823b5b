import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaTestStack } from '../../bin/irsa-test-stack';
import { otherVersion, summarize } from '../../bin/summary';
import { IrsaCluster, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

const summaryOf = (stack: Stack) => summarize(Template.fromStack(stack).toJSON() as any, 'eu-central-1');

/** A section of a summary, from its title to the empty line after it. */
const sectionOf = (stack: Stack, title: string) => new RegExp(`^${title}.*\n[^]*?(?=\n\n|\n?$(?![^]))`, 'm').exec(summaryOf(stack))?.[0];

describe('the cluster', () => {
  const HANDLER = 'the role of ClusterKubernetesObjectsProviderHandler8F483E9E, by an access entry with AmazonEKSClusterAdminPolicy';

  test('is shown with its version, its endpoint, and its administrators', () => {
    const admin = 'arn:aws:iam::123456789012:role/Admin';
    expect(sectionOf(new IrsaTestStack(new App(), 'IrsaTestStack', { adminPrincipalArn: admin, kubernetesVersion: '1.35' }), 'Cluster')).toBe(`Cluster irsa-test
  version   Kubernetes 1.35
  endpoint  public, from 0.0.0.0/0 (the whole internet)
            private, from the VPC
  admins    the role that CloudFormation deploys with, as the creator of the cluster
            ${admin}, by an access entry with AmazonEKSClusterAdminPolicy
            ${HANDLER}`);
  });

  test.each<[string, eks.EndpointAccess, string[]]>([
    ['a private one', eks.EndpointAccess.PRIVATE, ['private, from the VPC']],
    ['a public one', eks.EndpointAccess.PUBLIC, ['public, from 0.0.0.0/0 (the whole internet)']],
    ['a restricted one', eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('198.51.100.0/24', '203.0.113.7/32'), ['public, from 198.51.100.0/24, 203.0.113.7/32', 'private, from the VPC']],
  ])('has an endpoint: %s', (_, endpointAccess, lines) => {
    const stack = newStack();
    newCluster(stack, { endpointAccess });
    expect(sectionOf(stack, 'Cluster')).toContain(`\n  endpoint  ${lines.join(`\n${' '.repeat(12)}`)}\n  admins `);
  });

  test('may have a creator who is no administrator', () => {
    const stack = newStack();
    newCluster(stack, { bootstrapClusterCreatorAdminPermissions: false });
    expect(sectionOf(stack, 'Cluster')).toMatch(/\n {2}admins {4}the role of \w+, by an access entry with AmazonEKSClusterAdminPolicy$/);
  });

  test('shows access entries that do not make an administrator with what they allow', () => {
    const stack = newStack();
    const { eksCluster } = newCluster(stack);
    eksCluster.grantAccess('Viewer', 'arn:aws:iam::123456789012:role/Viewer', [
      eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', { accessScopeType: eks.AccessScopeType.NAMESPACE, namespaces: ['a', 'b'] }),
    ]);
    expect(sectionOf(stack, 'Cluster')?.replace(/^[^]*(?=\n {2}admins)/, '')).toBe(`
  admins    the role that CloudFormation deploys with, as the creator of the cluster
            ${HANDLER}
  access    arn:aws:iam::123456789012:role/Viewer: AmazonEKSViewPolicy in a and b`);
  });
});

test('a Kubernetes of another minor version than the stack is noticed', () => {
  const template = (kubernetesVersion: string) => Template.fromStack(new IrsaTestStack(new App(), 'IrsaTestStack', { kubernetesVersion })).toJSON() as any;
  expect(otherVersion(template('1.36'), '1.36.3')).toBeUndefined();
  expect(otherVersion(template('1.35'), '1.36.3')).toBe('The stack has Kubernetes 1.35, but the local Kubernetes is always 1.36.3.');
});

test('Lambda functions are shown with what they are for, and which one they invoke', () => {
  const stack = newStack();
  newCluster(stack, { vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }), vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }] });
  expect(sectionOf(stack, 'Lambda functions:')).toBe(`Lambda functions:
  ClusterKubernetesObjectsProviderHandler8F483E9E
    Applies Kubernetes objects to an EKS cluster
  ClusterKubernetesObjectsProviderFrameworkframeworkonEvent0F223A5D
    AWS CDK resource provider framework - onEvent (Stack/Cluster/KubernetesObjectsProvider/Framework)
    invokes ClusterKubernetesObjectsProviderHandler8F483E9E`);
});

describe('Kubernetes objects', () => {
  test('are shown also where the template has them compressed', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    const large = 'x'.repeat(60_000);
    const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', createNamespace: false });
    cluster.addKubernetesObjects('Objects', {
      objects: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large' }, data: { large } },
        { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'annotated', namespace: 'team', annotations: { 'eks.amazonaws.com/role-arn': reader.roleArn, large } } },
      ],
    });
    const entries = Object.values(Template.fromStack(stack).findResources('Custom::KubernetesObjects')).flatMap(({ Properties }) => Properties.Objects);
    expect(entries.filter(({ Gzip }) => Gzip !== undefined)).toHaveLength(2);
    expect(sectionOf(stack, 'Kubernetes objects')?.split('\n').sort()).toEqual([
      '  ServiceAccount default/reader', '  ServiceAccount team/annotated', 'Kubernetes objects (3 in all), with these service accounts and workloads:',
    ]);
    expect(sectionOf(stack, 'Service account team/annotated')).toMatch(/\n {2}role {6}none\n {2}findings {2}it does not get the credentials of role ServiceAccountDefaultReader\w+Role: .*does not admit it\n +cluster \S+ may have nodes that the templates do not show, .*$/);
  });

  test('are shown with the values that only the deployment knows', () => {
    const stack = newStack();
    const [name, namespace, key] = ['Name', 'Namespace', 'Key'].map((id) => new CfnParameter(stack, id).valueAsString);
    const replicas = new CfnParameter(stack, 'Replicas', { type: 'Number' }).valueAsNumber;
    newCluster(stack).addKubernetesObjects('Objects', {
      objects: [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace, labels: { 'a/b~c': name, [key]: 'x' } }, spec: { replicas, template: { spec: {} } } }],
    });
    expect(sectionOf(stack, 'Kubernetes objects')).toMatch(/:\n {2}Deployment \$\{Namespace\}\/\$\{Name\}$/);
  });

  test('are shown if aws-cdk applies them, and a finding tells of those that are not read', () => {
    const resource = (Type: string, Properties: object) => ({ Type, Properties: { ClusterName: 'theirs', ...Properties } });
    const manifest = JSON.stringify([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace: 'team' } }]);
    const summary = summarize({
      Resources: {
        Objects: resource('Custom::AWSCDK-EKS-KubernetesResource', { Manifest: manifest }),
        Chart: resource('Custom::AWSCDK-EKS-HelmChart', { Chart: 'karpenter' }),
      },
    }, 'eu-central-1');
    expect(summary).toContain('workloads:\n  ServiceAccount team/reader\n\n');
    expect(summary).toContain('Findings:\n  the objects of the Helm chart Chart are not read: they can change service accounts and workloads\n');
  });
});

describe('what this stack does not define is not guessed', () => {
  const roleArn = 'arn:aws:iam::123456789012:role/theirs';
  const define = (add: (cluster: IrsaCluster, stack: Stack) => unknown) => {
    const stack = newStack();
    add(newCluster(stack), stack);
    return stack;
  };
  const account = (annotations?: object) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a', annotations } });

  test.each<[string, object | undefined, string]>([
    ['without a role', undefined, 'none'],
    ['with the role of another stack', { 'eks.amazonaws.com/role-arn': roleArn }, `${roleArn}, by IRSA, which this template alone does not prove\n  role may  unknown: role ${roleArn} is not in the templates`],
  ])('a service account %s', (_, annotations, role) => {
    const stack = define((cluster) => cluster.addKubernetesObjects('Objects', { objects: [account(annotations)] }));
    expect(sectionOf(stack, 'Service account default/a')).toBe(`Service account default/a\n  subject   system:serviceaccount:default:a\n  role      ${role}\n`
      + '  findings  cluster ${ClusterC2E21B66} may have nodes that the templates do not show, and their role is unknown: the templates have no nodes for it, and its pods must run somewhere');
  });

  test('a nodegroup with a role and a launch template of its own', () => {
    const stack = define((cluster, scope) => cluster.addNodegroup('Nodes', {
      nodeRole: iam.Role.fromRoleArn(scope, 'Role', roleArn),
      launchTemplate: ec2.LaunchTemplate.fromLaunchTemplateAttributes(scope, 'Template', { launchTemplateId: 'lt-1', versionNumber: '1' }),
    }));
    expect(sectionOf(stack, 'Nodegroup')).toBe(`Nodegroup ClusterNodesNodegroupCBC41613
  nodes     2 (1 to 2) × the instance type of its launch template
  role may  unknown: role ${roleArn} is not in the templates
  metadata  pods might reach the instance metadata of nodegroup ClusterNodesNodegroupCBC41613:
            launch template lt-1 is not in the templates`);
  });
});
