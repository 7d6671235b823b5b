import { grantWords, includesGrant } from './access-grants';
import { Change } from './change';
import { Counterparts } from './counterparts';
import { sameClusters } from './same-clusters';
import { Side } from './side';
import { ClusterNames } from '../assignments/cluster-names';
import { AccessEntry, AccessGrant } from '../model/access-entry';
import { Role } from '../model/model';
import { Text } from '../values/text';

/**
 * Finds access to the Kubernetes API of a cluster that only one of two assemblies gives. A principal that can create pods there can use the roles of all service
 * accounts.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html
 */
export function compareClusterAccess(before: Side, after: Side): Array<[string, Change]> {
  const clusters = sameClusters(before.model.clusters, after.model.clusters);
  const [old, now] = [new ClusterAccess(before, (key) => key), new ClusterAccess(after, (key) => clusters.get(key) ?? key)];
  return [
    ...now.notIn(old).map(({ subject, cluster, grant, place }): [string, Change] => (grant.kind === 'unread'
      ? [`access to cluster ${cluster}`, {
        kind: 'UNKNOWN',
        what: 'it is not known whom the ConfigMap aws-auth lets call the Kubernetes API, because it has a list that is not JSON',
        place,
        broadens: true,
      }]
      : [subject, { kind: 'GAINED', what: `may call the Kubernetes API of cluster ${cluster} ${grantWords(grant, shownText)}`, place, broadens: true }])),
    ...old.notIn(now).filter(({ grant }) => grant.kind !== 'unread').map(({ subject, cluster, grant, place }): [string, Change] =>
      [subject, { kind: 'LOST', what: `may no longer call the Kubernetes API of cluster ${cluster} ${grantWords(grant, shownText)}`, place, broadens: false }]),
  ];
}

const shownText = (text: Text) => text.toString();

interface Access extends Pick<AccessEntry, 'place'> {
  readonly subject: string;
  readonly cluster: string;
  readonly grant: AccessGrant;
}

/** The access entries of a side. */
class ClusterAccess {
  private readonly grants = new Map<string, AccessGrant[]>();
  private readonly roles: ReadonlyMap<string, Role>;
  private readonly counterparts: Counterparts;
  private readonly names: ClusterNames;

  /** @param clusterKey of a cluster in both sides. */
  constructor(private readonly side: Side, private readonly clusterKey: (key: string) => string) {
    const { roles, accessEntries, clusters } = side.model;
    this.roles = new Map(roles.map((role) => [role.arn.key, role]));
    this.counterparts = new Counterparts(roles);
    this.names = new ClusterNames(clusters);
    for (const { cluster, principalArn, grants } of accessEntries) {
      const key = this.keyOf(clusterKey(cluster.key), principalArn);
      this.grants.set(key, [...this.grants.get(key) ?? [], ...grants]);
    }
  }

  /** What another side does not give. */
  notIn(other: ClusterAccess): Access[] {
    return this.side.model.accessEntries.flatMap(({ cluster, principalArn, grants, place }) => {
      const role = this.roles.get(principalArn.key);
      const others = other.grantsOf(this.clusterKey(cluster.key), principalArn, role);
      return grants.filter((grant) => !others.some((wide) => includesGrant(wide, grant)))
        .map((grant) => ({ subject: role ? `role ${role.label}` : `${principalArn}`, cluster: this.names.shown(cluster), grant, place }));
    });
  }

  /** A role that was renamed has the access of the one with the former name. Without a name of its own, it has another user name in the cluster, too. */
  private grantsOf(clusterKey: string, principalArn: Text, role: Role | undefined): AccessGrant[] {
    const former = role && !this.roles.has(principalArn.key) ? this.counterparts.of(role)?.arn : undefined;
    const known = this.grants.get(this.keyOf(clusterKey, former ?? principalArn)) ?? [];
    const isOwn = ({ kind, name }: AccessGrant) => kind === 'user' && name.key === former?.key;
    return known.map((grant) => (isOwn(grant) ? { ...grant, name: principalArn } : grant));
  }

  private keyOf(clusterKey: string, principalArn: Text): string {
    return JSON.stringify([clusterKey, principalArn.key]);
  }
}
