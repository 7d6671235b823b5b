type Json = { [key: string]: any };
interface Resource { readonly Type: string; readonly Properties: Json }
export interface Template { readonly Resources: { [logicalId: string]: Resource } }

/** What a template makes, for a person to read. */
export function summarize(template: Template): string {
  const { Resources } = template;
  return [
    `${Object.keys(Resources).length} resources:`,
    ...kinds(Resources),
    '',
    'Kubernetes objects:',
    ...objects(Resources).map(({ kind, metadata }) => `  ${kind} ${metadata.namespace ?? 'default'}/${metadata.name}`),
    '',
    ...ofType(Resources, 'AWS::EKS::Nodegroup').flatMap((nodegroup) => describeNodegroup(nodegroup, Resources)),
    ...objects(Resources).filter(({ kind }) => kind === 'ServiceAccount').flatMap((account) => describeAccount(account, Resources)),
  ].join('\n');
}

function kinds(resources: Template['Resources']): string[] {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(resources)) {
    counts.set(Type, (counts.get(Type) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `  ${String(count).padStart(3)} ${type}`);
}

function describeNodegroup({ Properties: nodegroup }: Resource, resources: Template['Resources']): string[] {
  const { DesiredSize, MinSize, MaxSize } = nodegroup.ScalingConfig;
  const { HttpTokens, HttpPutResponseHopLimit: hops } = resources[nodegroup.LaunchTemplate.Id.Ref].Properties.LaunchTemplateData.MetadataOptions;
  return section(`Nodegroup ${nodegroup.NodegroupName}`, {
    'nodes': `${DesiredSize} (${MinSize} to ${MaxSize}) × ${nodegroup.InstanceTypes.join(', ')}, ${nodegroup.AmiType}`,
    'role may': policies(nodegroup.NodeRole, resources),
    'metadata': [`${HttpTokens === 'required' ? 'IMDSv2 only' : 'IMDSv1 and IMDSv2'}, hop limit ${hops}: `
      + (hops > 1 ? 'pods can act as their node' : 'pods cannot act as their node')],
  });
}

function describeAccount({ metadata }: Json, resources: Template['Resources']): string[] {
  const roleId = metadata.annotations['eks.amazonaws.com/role-arn'].slice('${'.length, -'.Arn}'.length);
  return section(`Service account ${metadata.namespace}/${metadata.name}`, {
    'subject': `system:serviceaccount:${metadata.namespace}:${metadata.name}`,
    'role': roleId,
    'role may': policies({ 'Fn::GetAtt': [roleId, 'Arn'] }, resources),
    'trust': trust(resources[roleId].Properties.AssumeRolePolicyDocument),
  });
}

/** The names of a role's policies, whether managed, in the role, or of their own. */
function policies(roleArn: Json, resources: Template['Resources']): string[] {
  const roleId = roleArn['Fn::GetAtt'][0];
  const { ManagedPolicyArns = [], Policies = [] } = resources[roleId].Properties;
  return [
    ...ManagedPolicyArns.map((arn: unknown) => text(arn).split('/').pop()),
    ...Policies.map(({ PolicyName }: Json) => `${text(PolicyName)} (in the role)`),
    ...Object.entries(resources)
      .filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && Properties.Roles?.some((role: Json) => role.Ref === roleId))
      .map(([id]) => `${id} (in the stack)`),
  ];
}

function trust(document: unknown): string[] {
  return parse(text(document)).Statement.flatMap(({ Effect, Action, Principal, Condition }: Json) => [
    `${Effect} ${Action} to ${Object.values(Principal).join(', ')}`,
    ...Object.entries(Condition as Json).flatMap(([operator, keys]) => Object.entries(keys as Json)
      .map(([key, value]) => `  if ${key} ${operator} ${value}`)),
  ]);
}

function objects(resources: Template['Resources']): Json[] {
  return ofType(resources, 'Custom::KubernetesObjects')
    .flatMap(({ Properties }) => Properties.Objects as (string | Json)[])
    .map((object) => (typeof object === 'string' ? parse(object) : completed(object)));
}

/** An object with the values that are beside its JSON. */
function completed({ Json, Values }: Json): Json {
  const object = parse(Json);
  for (const { Path, Value } of Values) {
    const [last, ...keys] = Path.split('/').slice(1).map((key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~')).reverse();
    keys.reverse().reduce((map: Json, key: string) => map[key], object)[last] = text(Value);
  }
  return object;
}

const ofType = (resources: Template['Resources'], type: string) => Object.values(resources).filter(({ Type }) => Type === type);

const parse = (json: string): Json => JSON.parse(json);

/** A value of a template as text, with what only CloudFormation knows as in `Fn::Sub`. */
function text(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[name, argument]] = Object.entries(value as Json);
  switch (name) {
    case 'Fn::Join': return argument[1].map(text).join(argument[0]);
    case 'Fn::GetAtt': return `\${${argument.join('.')}}`;
    case 'Ref': return `\${${argument}}`;
    case 'Fn::Sub': return argument[0];
    default: return JSON.stringify(value);
  }
}

function section(title: string, lines: { [label: string]: string | string[] }): string[] {
  return [title, ...Object.entries(lines).flatMap(([label, value]) => [value].flat()
    .map((line, i) => `  ${(i === 0 ? label : '').padEnd(10)}${line}`)), ''];
}
