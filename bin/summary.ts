import { Json, Resource, resourcesOfType, shownProperty, Template } from './template';
import { PodAccess, PrincipalAccess, ReachableRole, TrustPolicy } from '../lib/verification';

const CLUSTER_ADMIN = 'AmazonEKSClusterAdminPolicy';

/** What a template makes in a region, and who can do what with it, for a person to read. */
export function summarize(template: Template, region: string): string {
  const access = PodAccess.fromTemplates({ template }).assume({ parameters: { 'AWS::Region': region } });
  const principals = access.principals.map((asked) => ({ asked, row: asked.row }));
  const nodegroups = principals.filter(({ row }) => row.kind === 'Nodegroup');
  const others = principals.filter(({ row }) => row.kind !== 'Nodegroup' && !row.isDefinedElsewhere);
  return [
    `${Object.keys(template.Resources).length} resources:`,
    ...kinds(template),
    '',
    ...resourcesOfType(template, 'AWS::EKS::Cluster').flatMap((cluster) => describeCluster(cluster, template)),
    'Lambda functions:',
    ...resourcesOfType(template, 'AWS::Lambda::Function').flatMap(describeFunction),
    '',
    `Kubernetes objects (${countObjects(template)} in all), with these service accounts and workloads:`,
    ...others.map(({ row }) => `  ${row.kind} ${row.namespace}/${row.name}`),
    '',
    ...resourcesOfType(template, 'AWS::EKS::Nodegroup').flatMap(([id, { Properties }]) => {
      const { asked } = nodegroups.find(({ row }) => [id, Properties.NodegroupName].includes(row.name))!;
      return describeNodegroup(id, Properties, asked, access);
    }),
    ...others.filter(({ row }) => row.kind === 'ServiceAccount').flatMap(({ asked }) => describeAccount(asked, access)),
    ...(access.findings.length > 0 ? ['Findings:', ...access.findings.map(({ message }) => `  ${message}`), ''] : []),
  ].join('\n');
}

/** Says that a Kubernetes has another minor version than the clusters of a template; undefined if it has the same. */
export function otherVersion(template: Template, kubernetes: string): string | undefined {
  const versions = resourcesOfType(template, 'AWS::EKS::Cluster').map(([, { Properties }]) => shownProperty(Properties.Version));
  const other = versions.find((version) => !kubernetes.startsWith(`${version}.`));
  return other && `The stack has Kubernetes ${other}, but the local Kubernetes is always ${kubernetes}.`;
}

function kinds({ Resources }: Template): string[] {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(Resources)) {
    counts.set(Type, (counts.get(Type) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `  ${String(count).padStart(3)} ${type}`);
}

/** Of all kinds, also of those that have nothing to do with access. */
const countObjects = (template: Template): number => resourcesOfType(template, 'Custom::KubernetesObjects').flatMap(([, { Properties }]) => Properties.Objects).length;

function describeCluster([id, { Properties: cluster }]: [string, Resource], template: Template): string[] {
  const entries = resourcesOfType(template, 'AWS::EKS::AccessEntry').map(([, { Properties }]) => Properties)
    .filter(({ ClusterName }) => [id, cluster.Name].includes(ClusterName.Ref ?? ClusterName))
    .map((entry) => ({ who: principal(entry.PrincipalArn, template), access: accessOf(entry) }));
  return section(`Cluster ${shownProperty(cluster.Name ?? id)}`, {
    version: `Kubernetes ${shownProperty(cluster.Version)}`,
    endpoint: endpoint(cluster.ResourcesVpcConfig),
    admins: [
      ...(cluster.AccessConfig?.BootstrapClusterCreatorAdminPermissions === false ? [] : ['the role that CloudFormation deploys with, as the creator of the cluster']),
      ...entries.filter(({ access }) => access.includes(CLUSTER_ADMIN)).map(({ who }) => `${who}, by an access entry with ${CLUSTER_ADMIN}`),
    ],
    access: entries.filter(({ access }) => !access.includes(CLUSTER_ADMIN)).map(({ who, access }) => `${who}: ${access.join(', ')}`),
  });
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html */
function endpoint({ EndpointPublicAccess = true, EndpointPrivateAccess = false, PublicAccessCidrs: cidrs = ['0.0.0.0/0'] }: Json): string[] {
  return [
    ...(EndpointPublicAccess ? [`public, from ${cidrs.map(shownProperty).join(', ')}${cidrs.includes('0.0.0.0/0') ? ' (the whole internet)' : ''}`] : []),
    ...(EndpointPrivateAccess ? ['private, from the VPC'] : []),
  ];
}

/** The role of a function is known by its function. */
function principal(arn: unknown, template: Template): string {
  const [[id] = []] = resourcesOfType(template, 'AWS::Lambda::Function').filter(([, { Properties }]) => shownProperty(Properties.Role) === shownProperty(arn));
  return id ? `the role of ${id}` : shownProperty(arn);
}

function accessOf({ AccessPolicies = [], KubernetesGroups = [] }: Json): string[] {
  return [
    ...AccessPolicies.map(({ PolicyArn, AccessScope: { Type, Namespaces = [] } }: Json) =>
      lastPart(PolicyArn) + (Type === 'namespace' ? ` in ${Namespaces.map(shownProperty).join(' and ')}` : '')),
    ...KubernetesGroups.map((group: unknown) => `group ${shownProperty(group)}`),
  ];
}

function describeFunction([id, { Properties: { Description, Environment } }]: [string, Resource]): string[] {
  const [inner] = Environment?.Variables?.USER_ON_EVENT_FUNCTION_ARN?.['Fn::GetAtt'] ?? [];
  return [`  ${id}`, `    ${shownProperty(Description ?? 'no description')}`, ...(inner ? [`    invokes ${inner}`] : [])];
}

function describeNodegroup(id: string, nodegroup: Json, nodes: PrincipalAccess, access: PodAccess): string[] {
  const { DesiredSize, MinSize, MaxSize } = nodegroup.ScalingConfig;
  const hardware = [...nodegroup.InstanceTypes ?? [], ...(nodegroup.AmiType ? [nodegroup.AmiType] : [])].map(shownProperty);
  const { cluster, name } = nodes.row;
  return section(`Nodegroup ${name}`, {
    'nodes': `${shownProperty(DesiredSize)} (${shownProperty(MinSize)} to ${shownProperty(MaxSize)}) × ${hardware.join(', ') || 'the instance type of its launch template'}`,
    'role may': nodes.row.atAGlance,
    'metadata': metadata(id, access.pod({ serviceAccountName: 'default', cluster })),
  });
}

/** Whether pods can act as the nodes of a nodegroup, and why. */
const metadata = (nodegroup: string, pods: PrincipalAccess): string[] => pods.decide('sts:GetCallerIdentity').answers
  .filter(({ by, how: [{ place }] }) => by === 'instance metadata' && place?.logicalId === nodegroup)
  .flatMap(({ how: [{ what }] }) => what.split(/(?<=:) /));

function describeAccount(pods: PrincipalAccess, access: PodAccess): string[] {
  const { namespace, name, roles: reachable, findings } = pods.row;
  const roles = reachable.filter(isShown);
  return section(`Service account ${namespace}/${name}`, {
    'subject': `system:serviceaccount:${namespace}:${name}`,
    'role': roles.length > 0 ? roles.map(({ role, by, isCertain }) => `${role}, by ${by}${isCertain ? '' : ', which this template alone does not prove'}`) : 'none',
    'role may': pods.row.atAGlance,
    'trust': roles.filter(isInTemplate).flatMap(({ role }) => trust(access.trustPolicyNamed(role))),
    'findings': findings.map(({ message }) => message),
  });
}

const isInTemplate = ({ place }: ReachableRole) => place !== undefined;

/** A role of which nothing is known could assume any other: that is not shown. */
const isShown = ({ isDefault, isCertain }: ReachableRole) => isDefault || isCertain;

function trust({ statements, problem }: TrustPolicy): string[] {
  return problem ? [problem] : statements.flatMap(({ Effect, Action, Principal, Condition = {} }: Json) => [
    `${Effect} ${[Action].flat().join(', ')}`,
    `  to ${Object.values(Principal).flat().join(', ')}`,
    ...Object.entries(Condition as Json).flatMap(([operator, keys]) => Object.entries(keys as Json)
      .map(([key, value]) => `  if ${key} ${operator} ${[value].flat().join(' or ')}`)),
  ]);
}

/** Of an ARN, whose partition only the deployment can know. */
const lastPart = (arn: unknown) => /(\w+)\W*$/.exec(shownProperty(arn))![1];

function section(title: string, lines: { [label: string]: string | string[] }): string[] {
  return [title, ...Object.entries(lines).flatMap(([label, value]) => [value].flat()
    .map((line, i) => `  ${(i === 0 ? label : '').padEnd(10)}${line}`)), ''];
}
