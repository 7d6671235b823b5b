import { AccessGraph, GraphEdge, GraphNode } from '../../lib/page/access-graph';

const NAMESPACES = ['shop', 'reports', 'billing', 'search', 'media', 'platform'];
const APPS = ['checkout', 'reader', 'invoices', 'indexer', 'thumbnails', 'backup', 'gateway', 'exporter'];
const KINDS = ['Deployment', 'Deployment', 'StatefulSet', 'CronJob', 'DaemonSet'];
const BUCKETS = ['orders', 'reports', 'invoices', 'search-index', 'images', 'backups'];
const ACTIONS: ReadonlyArray<readonly [service: string, actions: string]> = [
  ['s3', 's3:GetObject, s3:ListBucket'], ['s3', 's3:PutObject, s3:DeleteObject'], ['dynamodb', 'dynamodb:GetItem, dynamodb:Query'],
  ['sqs', 'sqs:SendMessage'], ['secretsmanager', 'secretsmanager:GetSecretValue'], ['kms', 'kms:Decrypt'],
];

/** Collects nodes and edges, and which of them a principal reaches. */
export class GraphBuilder {
  readonly nodes: Array<GraphNode & { reaches?: number[] }> = [];
  readonly edges: GraphEdge[] = [];

  node(column: GraphNode['column'], name: string, more: Partial<GraphNode> = {}): number {
    const node = { column, name, group: 'other', kind: column, isElsewhere: false, facts: [], places: [], findings: [], ...more };
    return this.nodes.push({ ...node, reaches: column === 'workload' || column === 'account' ? [] : undefined }) - 1;
  }

  edge(from: number, to: number, more: Partial<GraphEdge> = {}): number {
    const edge = { from, to, by: '', outcome: 'ALLOWED', why: [], settledBy: [], places: [], ...more } as const;
    const number = this.edges.push(edge) - 1;
    this.nodes[from].reaches?.push(number);
    return number;
  }

  graph(more: Partial<AccessGraph> = {}): AccessGraph {
    return { title: 'cdk.out', version: '1.0.0', assumed: [], findings: [], isComparison: false, ...more, nodes: this.nodes, edges: this.edges };
  }
}

/**
 * An app of realistic shape with that many service accounts: both mechanisms, nodes, a chain of roles, what is unknown and denied, and an account of no template.
 * The same number gives the same graph.
 */
export function sampleGraph(accounts: number, isComparison = false): AccessGraph {
  const builder = new GraphBuilder();
  const namespaces = Math.max(3, Math.ceil(accounts / 12));
  const permissions = new Map<string, number>();
  const permission = (i: number): number => {
    const [service, actions] = ACTIONS[i % ACTIONS.length];
    const bucket = `${BUCKETS[i % BUCKETS.length]}${i < 24 ? '' : `-${Math.floor(i / 24)}`}`;
    const resource = service === 'kms' ? 'arn:aws:kms:eu-central-1:111122223333:key/data' : `arn:aws:${service}:::${bucket}/*`;
    const name = `${actions} on ${resource}`;
    const index = permissions.get(name) ?? builder.node('permission', name, {
      group: service,
      kind: 'permission',
      facts: [['Actions', actions], ['Resources', resource]],
      command: `cdk-irsa access cdk.out --can '${actions.split(',')[0]} on ${resource.replace('*', 'KEY')}'`,
    });
    permissions.set(name, index);
    return index;
  };
  const logs = builder.node('permission', 'CloudWatchAgentServerPolicy', { group: 'AWS managed policies', kind: 'AWS managed policy', facts: [['Policy', 'CloudWatchAgentServerPolicy']] });
  const nodeRole = builder.node('role', 'NodeRole', { group: 'Cluster', kind: 'role', facts: [['Construct', 'Cluster/Nodes/NodeRole']], places: ['Cluster.template.json: Cluster/Nodes/NodeRole'] });
  builder.edge(nodeRole, logs, { why: ['The managed policy CloudWatchAgentServerPolicy is attached to the role.'] });
  const nodes = builder.node('workload', 'workers', { group: 'prod: nodes', kind: 'nodegroup', facts: [['Cluster', 'prod'], ['Hop limit', '2']] });
  const byMetadata = builder.edge(nodes, nodeRole, { by: 'instance metadata', why: ['The nodes of the nodegroup have the instance profile of this role.'] });
  for (let i = 0; i < accounts; i += 1) {
    const app = `${APPS[i % APPS.length]}${i < APPS.length ? '' : `-${Math.floor(i / APPS.length)}`}`;
    const namespace = `${NAMESPACES[i % namespaces % NAMESPACES.length]}${i % namespaces < NAMESPACES.length ? '' : `-${Math.floor(i % namespaces / NAMESPACES.length)}`}`;
    const cluster = i % 5 === 4 ? 'staging' : 'prod';
    const place = { group: `${cluster}: ${namespace}`, facts: [['Cluster', cluster], ['Namespace', namespace]] as const };
    const stack = `Apps${Math.floor(i / 40) + 1}`;
    const construct = `${app[0].toUpperCase()}${app.slice(1)}`;
    const change = isComparison && i % 4 === 1 ? 'gained' : isComparison && i % 7 === 3 ? 'lost' : undefined;
    const workload = builder.node('workload', app, { ...place, kind: KINDS[i % KINDS.length], places: [`${stack}.template.json: ${construct}/${KINDS[i % KINDS.length]}`] });
    const account = builder.node('account', app, { ...place, kind: 'service account', places: [`${stack}.template.json: ${construct}/ServiceAccount`] });
    const role = builder.node('role', `${construct}Role`, {
      group: stack,
      kind: 'role',
      change,
      facts: [['Construct', `${stack}/${construct}/Role`], ['ARN', `arn:aws:iam::111122223333:role/${construct}Role`]],
      places: [`${stack}.template.json: ${construct}/Role`],
      findings: i % 9 === 5 ? [{ what: 'The role trusts all service accounts of the namespace.', settledBy: 'Name the service account in the condition on sub.' }] : [],
    });
    const isUnknown = i % 8 === 6;
    const isDenied = i % 10 === 7;
    const reaches = [
      builder.edge(workload, account, { why: [`The pods of ${app} run as the service account ${app}.`] }),
      builder.edge(account, role, {
        by: i % 3 === 2 ? 'EKS Pod Identity' : 'IRSA',
        outcome: isDenied ? 'DENIED' : isUnknown ? 'UNKNOWN' : 'ALLOWED',
        change,
        why: isDenied
          ? [`The trust policy of ${construct}Role names system:serviceaccount:${namespace}:${app}s, and not system:serviceaccount:${namespace}:${app}.`]
          : isUnknown ? ['The condition on sub compares with the parameter Subject, which has no default.'] : [`The trust policy of ${construct}Role names system:serviceaccount:${namespace}:${app}.`, 'The service account has the annotation eks.amazonaws.com/role-arn.'],
        settledBy: isUnknown ? ['Pass --parameter Subject=… with the value of the deployment.'] : [],
        places: [`${stack}.template.json: ${construct}/Role, AssumeRolePolicyDocument, statement 1`],
      }),
    ];
    builder.nodes[workload].reaches = [...reaches];
    builder.nodes[account].reaches = reaches.slice(1);
    for (let own = 0; own < 1 + i % 3; own += 1) {
      builder.edge(role, permission(i * 2 + own * 5 + (i % 2)), {
        outcome: i % 12 === 4 && own === 0 ? 'DENIED' : 'ALLOWED',
        change: own === 1 ? change : undefined,
        why: [i % 12 === 4 && own === 0 ? 'The permissions boundary of the role does not allow it.' : `Statement ${own + 1} of the policy of ${construct}Role allows it.`],
        places: [`${stack}.template.json: ${construct}/Role/DefaultPolicy, statement ${own + 1}`],
      });
    }
    if (i % 10 === 2) {
      const writer = builder.node('role', `${construct}WriterRole`, { group: stack, kind: 'role', places: [`${stack}.template.json: ${construct}/WriterRole`] });
      const chain = builder.edge(role, writer, { by: 'role chaining', why: [`The policy of ${construct}Role allows sts:AssumeRole on the role, and its trust policy allows ${construct}Role.`] });
      builder.edge(writer, permission(i * 2 + 1), { why: [`Statement 1 of the policy of ${construct}WriterRole allows it.`] });
      builder.nodes[workload].reaches!.push(chain);
      builder.nodes[account].reaches!.push(chain);
    }
    if (i % 25 === 3) {
      const elsewhere = builder.node('account', '444455556666', { group: 'not in the templates', kind: 'AWS account', isElsewhere: true, facts: [['AWS account', '444455556666']] });
      builder.edge(elsewhere, role, { by: 'sts:AssumeRole', outcome: 'UNKNOWN', why: ['The trust policy of the role allows the account to assume it.'], settledBy: ['Read the policies of the account 444455556666.'] });
    }
    if (i % 16 === 0) {
      const metadata = builder.edge(workload, nodes, { by: 'instance metadata', why: ['The hop limit of the nodes is 2, so that pods reach the instance metadata service.'] });
      builder.nodes[workload].reaches!.push(metadata, byMetadata);
    }
  }
  return builder.graph({
    title: isComparison ? 'cdk.out compared with main/cdk.out' : 'cdk.out',
    isComparison,
    assumed: ['The clusters have no other nodes than those of the templates.'],
    findings: isComparison ? [{ what: 'Gained: role ReaderRole is allowed s3:PutObject on arn:aws:s3:::reports/*', settledBy: '' }] : [],
  });
}
