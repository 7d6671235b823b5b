import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { addonsIn, ENV, existing, inEnv, ISSUER, OWN_POLICY, policiesIn, propertiesOf, rolesIn, stackWith } from './addon-stacks';
import { IrsaAddon, PodCredentials, policies, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { KNOWN_ADDONS } from '../../lib/cluster/private/known-addons';
import { deployedTrust } from '../deployed';
import { newCluster, newStack } from '../stacks';

const { podIdentity, both } = PodCredentials;

const byIrsa = (...accounts: string[]) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
  Condition: {
    StringEquals: {
      [`${ISSUER}:aud`]: 'sts.amazonaws.com',
      [`${ISSUER}:sub`]: accounts.length === 1 ? `system:serviceaccount:${accounts[0]}` : accounts.map((account) => `system:serviceaccount:${account}`),
    },
  },
});

const byPodIdentity = (namespace: string, name: string) => ({
  Effect: 'Allow',
  Action: ['sts:AssumeRole', 'sts:TagSession'],
  Principal: { Service: 'pods.eks.amazonaws.com' },
  Condition: {
    StringEquals: {
      'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
      'aws:RequestTag/kubernetes-namespace': namespace,
      'aws:RequestTag/kubernetes-service-account': name,
    },
  },
});

describe('the role of an add-on', () => {
  test('by IRSA trusts only the service account of the add-on, and has the policy that AWS documents', () => {
    const stack = stackWith({ addonName: 'aws-ebs-csi-driver' });
    expect(deployedTrust(stack).Statement).toEqual([byIrsa('kube-system:ebs-csi-controller-sa')]);
    expect(policiesIn(stack)).toEqual(['arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy']);
    expect(addonsIn(stack)[0].Properties).toEqual({
      AddonName: 'aws-ebs-csi-driver', ClusterName: 'prod', ResolveConflicts: 'NONE', ServiceAccountRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/Role$/), 'Arn'] },
    });
  });

  test('by IRSA trusts all service accounts of the EFS driver, each exactly', () => {
    expect(deployedTrust(stackWith({ addonName: 'aws-efs-csi-driver' })).Statement).toEqual([byIrsa('kube-system:efs-csi-controller-sa', 'kube-system:efs-csi-node-sa')]);
  });

  test('by EKS Pod Identity is named by an association that the add-on owns', () => {
    const stack = stackWith({ addonName: 'aws-efs-csi-driver', podCredentials: podIdentity() });
    expect(deployedTrust(stack).Statement).toEqual([byPodIdentity('kube-system', 'efs-csi-controller-sa')]);
    Template.fromStack(stack).resourceCountIs('AWS::EKS::PodIdentityAssociation', 0);
    expect(addonsIn(stack)[0].Properties).toEqual({
      AddonName: 'aws-efs-csi-driver',
      ClusterName: 'prod',
      ResolveConflicts: 'NONE',
      PodIdentityAssociations: [{ ServiceAccount: 'efs-csi-controller-sa', RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/Role$/), 'Arn'] } }],
    });
  });

  test('by both is named twice', () => {
    const stack = stackWith({ addonName: 'vpc-cni' }, { podCredentials: both() });
    expect(deployedTrust(stack).Statement).toEqual([byIrsa('kube-system:aws-node'), byPodIdentity('kube-system', 'aws-node')]);
    const { ServiceAccountRoleArn, PodIdentityAssociations } = addonsIn(stack)[0].Properties;
    expect(PodIdentityAssociations).toEqual([{ ServiceAccount: 'aws-node', RoleArn: ServiceAccountRoleArn }]);
  });

  test.each(Object.entries(KNOWN_ADDONS).filter(([, { managedPolicies }]) => managedPolicies))('%s has the policies of the table', (addonName, { managedPolicies }) => {
    expect(policiesIn(stackWith({ addonName }))).toEqual(managedPolicies!.map((name) => `arn:aws:iam::aws:policy/${name}`));
  });

  test('of the FSx driver exists only with given policies, because AWS documents only one that allows everything', () => {
    const fsx = { addonName: 'aws-fsx-csi-driver' };
    expect(rolesIn(stackWith(fsx))).toEqual([]);
    const managedPolicies = [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonFSxFullAccess')];
    expect(policiesIn(stackWith({ ...fsx, managedPolicies }))).toEqual(['arn:aws:iam::aws:policy/AmazonFSxFullAccess']);
    expect(deployedTrust(stackWith({ ...fsx, managedPolicies })).Statement).toEqual([byIrsa('kube-system:fsx-csi-controller-sa')]);
  });

  test('has other managed policies instead, and inline policies in addition', () => {
    const own = iam.ManagedPolicy.fromAwsManagedPolicyName('Own');
    expect(policiesIn(stackWith({ addonName: 'aws-ebs-csi-driver', managedPolicies: [own] }))).toEqual(['arn:aws:iam::aws:policy/Own']);
    const stack = stackWith({ addonName: 'aws-ebs-csi-driver', ...OWN_POLICY });
    expect(policiesIn(stack)).toEqual(['arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy']);
    expect(rolesIn(stack)[0].Properties.Policies).toEqual([expect.objectContaining({ PolicyName: 'Own' })]);
  });

  test('exists for an add-on without a documented policy only if the app asks for it, and can get grants', () => {
    expect(rolesIn(stackWith({ addonName: 'external-dns' }))).toEqual([]);
    const stack = inEnv();
    const { serviceAccountRole } = new IrsaAddon(stack, 'S3', { cluster: existing(stack), addonName: 'aws-mountpoint-s3-csi-driver', podCredentials: podIdentity() });
    iam.Grant.addToPrincipal({ grantee: serviceAccountRole!, actions: ['s3:GetObject'], resourceArns: ['arn:aws:s3:::models/*'] });
    expect(deployedTrust(stack).Statement).toEqual([byPodIdentity('kube-system', 's3-csi-driver-sa')]);
    const [policy] = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(addonsIn(stack)[0].DependsOn).toContain(policy);
  });

  test('of an add-on that is not known is stated as a whole', () => {
    const stack = stackWith({ addonName: 'acme_agent', namespace: 'acme', serviceAccountName: 'agent', ...OWN_POLICY });
    expect(deployedTrust(stack).Statement).toEqual([byIrsa('acme:agent')]);
    expect(rolesIn(stackWith({ addonName: 'acme_agent' }))).toEqual([]);
  });

  test('can be an existing role, which gets no association of its own', () => {
    const stack = inEnv();
    const cluster = existing(stack, { podCredentials: podIdentity() });
    const serviceAccountRole = new ServiceAccountRole(stack, 'Shared', { cluster, subjects: [ServiceAccountSubject.exact('acme', 'agent')] });
    new IrsaAddon(stack, 'Addon', { cluster, addonName: 'aws-ebs-csi-driver', serviceAccountRole });
    expect(deployedTrust(stack).Statement).toEqual([byPodIdentity('acme', 'agent'), byPodIdentity('kube-system', 'ebs-csi-controller-sa')]);
    Template.fromStack(stack).resourceCountIs('AWS::EKS::PodIdentityAssociation', 1);
    expect(propertiesOf(stack).PodIdentityAssociations).toHaveLength(1);
  });

  test('can be in another stack than the cluster, together with the add-on', () => {
    const cluster = newCluster(inEnv(), { podCredentials: both() });
    const stack = newStack('Roles', { env: ENV }, cluster.node.root as App);
    const serviceAccountRole = new ServiceAccountRole(stack, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('acme', 'agent')] });
    new IrsaAddon(stack, 'Ebs', { cluster, addonName: 'aws-ebs-csi-driver', serviceAccountRole });
    expect(propertiesOf(stack).PodIdentityAssociations).toHaveLength(1);
  });

  test('can be a role by its ARN in another stack, with EKS Pod Identity, because the add-on does not refer to that stack', () => {
    const cluster = newCluster(inEnv(), { podCredentials: podIdentity() });
    const roles = newStack('Roles', { env: ENV }, cluster.node.root as App);
    const serviceAccountRole = ServiceAccountRole.fromRole(roles, 'Role', iam.Role.fromRoleArn(roles, 'Ebs', 'arn:aws:iam::123456789012:role/ebs', { mutable: false }));
    cluster.addAddon('Ebs', { addonName: 'aws-ebs-csi-driver', serviceAccountRole });
    expect(() => (cluster.node.root as App).synth()).not.toThrow();
  });

  test('of the VPC CNI has the policy for IPv6 in a cluster with IPv6', () => {
    const stack = newStack();
    newCluster(stack, { ipFamily: eks.IpFamily.IP_V6, addons: [{ addonName: 'vpc-cni', ...OWN_POLICY }] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      Description: Match.stringLikeRegexp('aws-node'),
      ManagedPolicyArns: Match.absent(),
      Policies: [Match.objectLike({ PolicyName: 'AmazonEKS_CNI_IPv6_Policy' }), Match.objectLike({ PolicyName: 'Own' })],
    });
  });

  test('of the VPC CNI has only the given managed policies, if there are any, in a cluster with IPv6', () => {
    const stack = newStack();
    newCluster(stack, { ipFamily: eks.IpFamily.IP_V6, addons: [{ addonName: 'vpc-cni', managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('Own')] }] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      Description: Match.stringLikeRegexp('aws-node'), ManagedPolicyArns: [Match.anyValue()], Policies: Match.absent(),
    });
  });
});

test('the pods of an add-on for which Amazon EKS accepts no role get one by an association of their own, before they start', () => {
  const stack = inEnv();
  const cluster = newCluster(stack, { podCredentials: podIdentity(), nodegroups: [{}] });
  const role = new ServiceAccountRole(stack, 'Role', { cluster, controllerPolicies: [new policies.CertManagerPolicy({ allHostedZones: true })] });
  const addon = cluster.addAddon('CertManager', { addonName: 'cert-manager' });
  addon.node.addDependency(role);
  const template = Template.fromStack(stack);
  const [association] = Object.keys(template.findResources('AWS::EKS::PodIdentityAssociation', { Properties: { Namespace: 'cert-manager', ServiceAccount: 'cert-manager' } }));
  template.hasResource('AWS::EKS::Addon', {
    Properties: { AddonName: 'cert-manager', ServiceAccountRoleArn: Match.absent(), PodIdentityAssociations: Match.absent() },
    DependsOn: Match.arrayWith([association]),
  });
});
