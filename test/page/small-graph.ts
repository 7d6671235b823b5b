import { GraphBuilder } from './sample-graph';
import { AccessGraph } from '../../lib/page/access-graph';

const shop = { group: 'prod: shop', facts: [['Cluster', 'prod'], ['Namespace', 'shop']] } as const;
const reports = { group: 'staging: reports', facts: [['Cluster', 'staging'], ['Namespace', 'reports']] } as const;

/**
 * Each relation that the page draws, once:
 * - `web` and `worker` share a role; what else its other roles allow concerns nobody but them.
 * - Whether `reporter` has its role is unknown, and that role leads to another one.
 * - `probe` runs as the service account of `reporter`, on the network of its node, so that it does not get the role.
 * - `web` is refused by `AuditRole`.
 */
export function smallGraph(): AccessGraph {
  const builder = new GraphBuilder();
  const [web, worker, reporter, probe] = [
    builder.node('workload', 'web', { ...shop, kind: 'Deployment' }),
    builder.node('workload', 'worker', { ...shop, kind: 'Deployment' }),
    builder.node('workload', 'reporter', { ...reports, kind: 'CronJob' }),
    builder.node('workload', 'probe', { ...reports, kind: 'DaemonSet' }),
  ];
  const nodes = builder.node('workload', 'workers', { group: 'prod: nodes', kind: 'nodegroup' });
  const [webAccount, workerAccount, reporterAccount] = [
    builder.node('account', 'web', { ...shop, kind: 'service account' }),
    builder.node('account', 'worker', { ...shop, kind: 'service account' }),
    builder.node('account', 'reporter', { ...reports, kind: 'service account' }),
  ];
  const elsewhere = builder.node('account', '444455556666', { group: 'not in the templates', kind: 'AWS account', isElsewhere: true });
  const [shopRole, reportRole, auditRole, nodeRole] = ['ShopRole', 'ReportRole', 'AuditRole', 'NodeRole'].map((name) => builder.node('role', name, {
    group: 'Apps',
    kind: 'role',
    places: [`App.template.json: ${name}`],
    findings: name === 'ReportRole' ? [{ what: 'The role trusts an account that no template defines.', settledBy: 'Remove 444455556666 from the trust policy.' }] : [],
  }));
  const [read, remove, decrypt, logs] = [['s3', 's3:GetObject'], ['s3', 's3:DeleteObject'], ['kms', 'kms:Decrypt'], ['logs', 'logs:PutLogEvents']]
    .map(([service, action]) => builder.node('permission', `${action} on arn:aws:${service}:::orders`, {
      group: service,
      kind: 'permission',
      facts: [['Actions', action]],
      command: `cdk-irsa access cdk.out --can '${action} on arn:aws:${service}:::orders'`,
    }));
  const why = (text: string) => ({ why: [text] });
  const reaches = (principal: number, ...edges: number[]) => builder.nodes[principal].reaches!.push(...edges);

  builder.edge(web, webAccount, why('The pods of web run as web.'));
  reaches(web, builder.edge(webAccount, shopRole, { by: 'IRSA', ...why('The trust policy names web.') }));
  builder.edge(webAccount, auditRole, { by: 'IRSA', outcome: 'DENIED', ...why('The trust policy names auditor, and not web.') });
  builder.edge(worker, workerAccount);
  reaches(worker, builder.edge(workerAccount, shopRole, { by: 'EKS Pod Identity', ...why('An association names worker.') }));
  builder.edge(reporter, reporterAccount);
  const assumed = builder.edge(reporterAccount, reportRole, {
    by: 'IRSA', outcome: 'UNKNOWN', why: ['The condition on sub compares with the parameter Subject.'], settledBy: ['Pass --parameter Subject=VALUE.'],
  });
  const chained = builder.edge(reportRole, auditRole, { by: 'role chaining', ...why('Both policies allow sts:AssumeRole.') });
  reaches(reporter, assumed, chained);
  reaches(reporterAccount, chained);
  builder.edge(probe, reporterAccount, why('The pods of probe have the network of their node, and get no credentials of the service account.'));
  builder.edge(elsewhere, reportRole, { outcome: 'UNKNOWN', settledBy: ['Read the policies of 444455556666.'] });
  builder.edge(nodes, nodeRole, { by: 'instance metadata' });
  builder.edge(shopRole, read, { ...why('Statement 1 allows it.'), places: ['App.template.json: ShopRole/Policy, statement 1'] });
  builder.edge(shopRole, remove, { outcome: 'DENIED', ...why('The permissions boundary does not allow it.') });
  builder.edge(reportRole, remove, why('Statement 2 allows it.'));
  builder.edge(auditRole, decrypt);
  builder.edge(nodeRole, logs);
  return builder.graph({ assumed: ['The clusters have no other nodes.'] });
}
