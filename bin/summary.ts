import { Json, objectsIn, Resource, resourcesOfType, sourceOf, Template, text } from './template';
import { nameOf, ObjectAddress } from '../lib/kubernetes/contract/identity';

const CLUSTER_ADMIN = 'AmazonEKSClusterAdminPolicy';

/** What a template makes, for a person to read. */
export function summarize(template: Template): string {
  const objects = objectsIn(template);
  return [
    `${Object.keys(template.Resources).length} resources:`,
    ...kinds(template),
    '',
    ...resourcesOfType(template, 'AWS::EKS::Cluster').flatMap((cluster) => describeCluster(cluster, template)),
    'Lambda functions:',
    ...resourcesOfType(template, 'AWS::Lambda::Function').flatMap(describeFunction),
    '',
    'Kubernetes objects:',
    ...objects.map((object) => `  ${nameOf(object as ObjectAddress)}`),
    '',
    ...resourcesOfType(template, 'AWS::EKS::Nodegroup').flatMap((nodegroup) => describeNodegroup(nodegroup, template)),
    ...objects.filter(({ kind }) => kind === 'ServiceAccount').flatMap((account) => describeAccount(account, template)),
  ].join('\n');
}

/** Says that a Kubernetes has another minor version than the clusters of a template; undefined if it has the same. */
export function otherVersion(template: Template, kubernetes: string): string | undefined {
  const versions = resourcesOfType(template, 'AWS::EKS::Cluster').map(([, { Properties }]) => text(Properties.Version));
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

function describeCluster([id, { Properties: cluster }]: [string, Resource], template: Template): string[] {
  const entries = resourcesOfType(template, 'AWS::EKS::AccessEntry').map(([, { Properties }]) => Properties)
    .filter(({ ClusterName }) => [`\${${id}}`, cluster.Name].includes(text(ClusterName)))
    .map((entry) => ({ who: principal(entry.PrincipalArn, template), access: accessOf(entry) }));
  return section(`Cluster ${text(cluster.Name ?? id)}`, {
    version: `Kubernetes ${text(cluster.Version)}`,
    endpoint: endpoint(cluster.ResourcesVpcConfig),
    admins: [
      ...cluster.AccessConfig?.BootstrapClusterCreatorAdminPermissions === false ? [] : ['the role that CloudFormation deploys with, as the creator of the cluster'],
      ...entries.filter(({ access }) => access.includes(CLUSTER_ADMIN)).map(({ who }) => `${who}, by an access entry with ${CLUSTER_ADMIN}`),
    ],
    access: entries.filter(({ access }) => !access.includes(CLUSTER_ADMIN)).map(({ who, access }) => `${who}: ${access.join(', ')}`),
  });
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html */
function endpoint({ EndpointPublicAccess = true, EndpointPrivateAccess = false, PublicAccessCidrs: cidrs = ['0.0.0.0/0'] }: Json): string[] {
  return [
    ...EndpointPublicAccess ? [`public, from ${cidrs.map(text).join(', ')}${cidrs.includes('0.0.0.0/0') ? ' (the whole internet)' : ''}`] : [],
    ...EndpointPrivateAccess ? ['private, from the VPC'] : [],
  ];
}

/** The role of a function is known by its function. */
function principal(arn: unknown, template: Template): string {
  const [[id] = []] = resourcesOfType(template, 'AWS::Lambda::Function').filter(([, { Properties }]) => text(Properties.Role) === text(arn));
  return id ? `the role of ${id}` : text(arn);
}

function accessOf({ AccessPolicies = [], KubernetesGroups = [] }: Json): string[] {
  return [
    ...AccessPolicies.map(({ PolicyArn, AccessScope: { Type, Namespaces = [] } }: Json) =>
      lastPart(PolicyArn) + (Type === 'namespace' ? ` in ${Namespaces.map(text).join(' and ')}` : '')),
    ...KubernetesGroups.map((group: unknown) => `group ${text(group)}`),
  ];
}

function describeFunction([id, { Properties: { Description, Environment } }]: [string, Resource]): string[] {
  const inner = sourceOf(Environment?.Variables?.USER_ON_EVENT_FUNCTION_ARN);
  return [`  ${id}`, `    ${text(Description ?? 'no description')}`, ...inner ? [`    invokes ${inner}`] : []];
}

function describeNodegroup([id, { Properties: nodegroup }]: [string, Resource], template: Template): string[] {
  const { DesiredSize, MinSize, MaxSize } = nodegroup.ScalingConfig;
  const hardware = [...nodegroup.InstanceTypes ?? [], ...nodegroup.AmiType ? [nodegroup.AmiType] : []].map(text);
  return section(`Nodegroup ${text(nodegroup.NodegroupName ?? id)}`, {
    'nodes': `${text(DesiredSize)} (${text(MinSize)} to ${text(MaxSize)}) × ${hardware.join(', ') || 'the instance type of its launch template'}`,
    'role may': policies(nodegroup.NodeRole, template),
    'metadata': metadata(template.Resources[nodegroup.LaunchTemplate?.Id?.Ref]),
  });
}

function metadata(launchTemplate?: Resource): string {
  const { HttpTokens, HttpPutResponseHopLimit: hops } = launchTemplate?.Properties.LaunchTemplateData.MetadataOptions ?? {};
  if (hops === undefined) {
    return 'not set in this template';
  }
  return `${HttpTokens === 'required' ? 'IMDSv2 only' : 'IMDSv1 and IMDSv2'}, hop limit ${hops}: `
    + (hops > 1 ? 'pods can act as their node' : 'pods cannot act as their node');
}

function describeAccount({ metadata: { name, namespace = 'default', annotations } }: Json, template: Template): string[] {
  const arn = annotations?.['eks.amazonaws.com/role-arn'];
  const roleId = sourceOf(arn);
  return section(`Service account ${namespace}/${name}`, {
    'subject': `system:serviceaccount:${namespace}:${name}`,
    'role': roleId ?? arn ?? 'none',
    'role may': roleId ? policies(arn, template) : [],
    'trust': roleId ? trust(template.Resources[roleId].Properties.AssumeRolePolicyDocument) : [],
  });
}

/** The names of a role's policies, whether managed, in the role, or of their own. */
function policies(roleArn: unknown, { Resources }: Template): string[] {
  const roleId = sourceOf(roleArn);
  if (roleId === undefined) {
    return [`what ${text(roleArn)} may, which is not in this template`];
  }
  const { ManagedPolicyArns = [], Policies = [] } = Resources[roleId].Properties;
  return [
    ...ManagedPolicyArns.map(lastPart),
    ...Policies.map(({ PolicyName }: Json) => `${text(PolicyName)} (in the role)`),
    ...Object.entries(Resources)
      .filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && Properties.Roles?.some((role: Json) => role.Ref === roleId))
      .map(([id]) => `${id} (in the stack)`),
  ];
}

function trust(document: unknown): string[] {
  return JSON.parse(text(document)).Statement.flatMap(({ Effect, Action, Principal, Condition = {} }: Json) => [
    `${Effect} ${Action} to ${Object.values(Principal).map(text).join(', ')}`,
    ...Object.entries(Condition as Json).flatMap(([operator, keys]) => Object.entries(keys as Json)
      .map(([key, value]) => `  if ${key} ${operator} ${[value].flat().map(text).join(' or ')}`)),
  ]);
}

const lastPart = (arn: unknown) => text(arn).split('/').pop()!;

function section(title: string, lines: { [label: string]: string | string[] }): string[] {
  return [title, ...Object.entries(lines).flatMap(([label, value]) => [value].flat()
    .map((line, i) => `  ${(i === 0 ? label : '').padEnd(10)}${line}`)), ''];
}
