import { CfnJson, Stack } from 'aws-cdk-lib';
import { CfnAddon, CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ISSUER, PROVIDER } from './broken-rules';
import { Platform } from './platforms';

/** What breaks a rule in a stack with a cluster, and what is like it and breaks none. */
interface RuleApp {
  readonly rule: string;
  readonly failing: Part;
  readonly passing: Part;
  /** Whether pods reach the nodes of the failing one. */
  readonly reachable?: true;
  readonly needsCharts?: true;
}

/** @param another defines another cluster in the app. */
type Part = (stack: Stack, cluster: Platform, another: () => Platform) => void;

const AUDIENCE = 'sts.amazonaws.com';
const none: Part = () => {};
const ownRole: Part = (_, cluster) => {
  cluster.accountRole('Account');
};

/** A role that trusts service accounts of a cluster, with the keys of an issuer that only the deployment knows. */
function roleFor(stack: Stack, { provider }: Platform, subjects: string, { issuer }: Pick<Platform, 'issuer'>, operator = 'StringEquals'): iam.Role {
  const keys = (id: string, claim: string, value: string) => new CfnJson(stack, id, { value: { [`${issuer}:${claim}`]: value } });
  const conditions = operator === 'StringEquals'
    ? { StringEquals: new CfnJson(stack, 'Claims', { value: { [`${issuer}:sub`]: `system:serviceaccount:${subjects}`, [`${issuer}:aud`]: AUDIENCE } }) }
    : { [operator]: keys('Subject', 'sub', `system:serviceaccount:${subjects}`), StringEquals: keys('Audience', 'aud', AUDIENCE) };
  return new iam.Role(stack, 'Role', { assumedBy: new iam.WebIdentityPrincipal(provider, conditions) });
}

const annotated = (cluster: Platform, role: iam.Role) => cluster.apply('Annotated', {
  apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'app', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': role.roleArn } },
});

const podIdentityRole = (stack: Stack, { clusterName }: Platform, isLimited = true) => new iam.Role(stack, 'PodIdentity', {
  assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com', {
    conditions: isLimited ? { StringEquals: { 'aws:RequestTag/eks-cluster-name': clusterName } } : {},
  })),
});

/** Pods with EKS Pod Identity, with the agent. */
function associated(stack: Stack, cluster: Platform, serviceAccount = 'app', hasAgent = true): iam.Role {
  const role = podIdentityRole(stack, cluster);
  if (hasAgent) {
    new CfnAddon(stack, 'Agent', { clusterName: cluster.clusterName, addonName: 'eks-pod-identity-agent' });
  }
  new CfnPodIdentityAssociation(stack, 'Association', { clusterName: cluster.clusterName, namespace: 'default', serviceAccount, roleArn: role.roleArn });
  return role;
}

const allowing = (action: string, resource: string) => new iam.PolicyStatement({ actions: [action], resources: [resource] });

const networkPolicy = (cluster: Platform, cidr: string) => cluster.apply('Egress', {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'egress', namespace: 'default' },
  spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr } }] }] },
});

const managed = (name: string): Part => (_, cluster) => cluster.accountRole('Account').addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(name));

export const RULE_APPS: readonly RuleApp[] = [
  {
    rule: 'trust-without-subject',
    failing: (stack, { provider }) => new iam.Role(stack, 'Role', { assumedBy: new iam.WebIdentityPrincipal(provider) }),
    passing: ownRole,
  },
  {
    rule: 'unmatched-trust-key', // as an attempt to have the issuer replaced
    failing: (stack, { provider }) => new iam.Role(stack, 'Role', {
      assumedBy: new iam.WebIdentityPrincipal(provider, { StringEquals: { '${Issuer}:sub': 'system:serviceaccount:default:app', '${Issuer}:aud': AUDIENCE } }),
    }),
    passing: (stack, cluster) => roleFor(stack, cluster, 'default:app', cluster),
  },
  {
    rule: 'unmatched-trust-key', // of another cluster
    failing: (stack, cluster, another) => roleFor(stack, cluster, 'default:app', another()),
    passing: (stack, cluster, another) => {
      another();
      roleFor(stack, cluster, 'default:app', cluster);
    },
  },
  {
    rule: 'untrusted-account',
    failing: (stack, cluster) => annotated(cluster, roleFor(stack, cluster, 'default:other', cluster)),
    passing: (stack, cluster) => annotated(cluster, roleFor(stack, cluster, 'default:app', cluster)),
  },
  {
    rule: 'trust-without-audience',
    failing: (stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.WebIdentityPrincipal(PROVIDER, { StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:default:app' } }) }),
    passing: (stack) => new iam.Role(stack, 'Role', {
      assumedBy: new iam.WebIdentityPrincipal(PROVIDER, { StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:default:app', [`${ISSUER}:aud`]: AUDIENCE } }),
    }),
  },
  {
    rule: 'trust-of-namespaces',
    failing: (stack, cluster) => roleFor(stack, cluster, '*:app', cluster, 'StringLike'),
    passing: (stack, cluster) => roleFor(stack, cluster, 'default:app-*', cluster, 'StringLike'),
  },
  { rule: 'reachable-node-role', reachable: true, failing: none, passing: none },
  { rule: 'administrator-pods', failing: managed('AdministratorAccess'), passing: managed('AmazonS3FullAccess') },
  {
    rule: 'raised-permissions',
    failing: (_, cluster) => cluster.accountRole('Account').addToPrincipalPolicy(allowing('iam:AttachRolePolicy', '*')),
    passing: (_, cluster) => cluster.accountRole('Account').addToPrincipalPolicy(allowing('iam:GetRole', '*')),
  },
  { rule: 'unknown-managed-policy', failing: managed('AmazonS3ReadonlyAcces'), passing: managed('AmazonS3ReadOnlyAccess') },
  {
    rule: 'pod-identity-of-any-cluster',
    failing: (stack, cluster) => podIdentityRole(stack, cluster, false),
    passing: (stack, cluster) => podIdentityRole(stack, cluster),
  },
  {
    rule: 'two-roles',
    failing: (stack, cluster) => {
      associated(stack, cluster);
      annotated(cluster, roleFor(stack, cluster, 'default:app', cluster));
    },
    passing: (stack, cluster) => {
      associated(stack, cluster, 'other');
      annotated(cluster, roleFor(stack, cluster, 'default:app', cluster));
    },
  },
  {
    rule: 'missing-agent',
    failing: (stack, cluster) => associated(stack, cluster, 'app', false),
    passing: (stack, cluster) => associated(stack, cluster),
  },
  {
    rule: 'kafka-with-pod-identity',
    failing: (stack, cluster) => podIdentityRole(stack, cluster).addToPolicy(allowing('kafka-cluster:Connect', '*')),
    passing: (_, cluster) => cluster.accountRole('Account').addToPrincipalPolicy(allowing('kafka-cluster:Connect', '*')),
  },
  {
    rule: 'chart-without-vpc',
    needsCharts: true,
    failing: (_, cluster) => cluster.addChart!('Chart', { clusterName: cluster.clusterName, region: 'eu-west-1' }),
    passing: (_, cluster) => cluster.addChart!('Chart', { clusterName: cluster.clusterName, region: 'eu-west-1', vpcId: 'vpc-1' }),
  },
  {
    rule: 'blocked-agent',
    failing: (stack, cluster) => {
      associated(stack, cluster);
      networkPolicy(cluster, '10.0.0.0/8');
    },
    passing: (stack, cluster) => {
      associated(stack, cluster);
      networkPolicy(cluster, '169.254.170.23/32');
    },
  },
];
