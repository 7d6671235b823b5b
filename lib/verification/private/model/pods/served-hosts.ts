import { readIngressControllers } from './ingress-controllers';
import { AccessPlace } from '../../../access-reason';
import { mapOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { ANY_RESOURCE } from '../../values/wildcards';
import { arnOf } from '../code/code-write';
import { WRITE_VOLUME } from '../code/written-files';
import { KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { PodVolume, Role, Workload } from '../model';
import { Services } from '../objects/services';
import { Binding } from '../rbac/bindings';
import { Servers } from '../rbac/servers';

/** What pods serve at the hosts of routes to Services, or of their own, to whoever gets code or images from there: also to what runs outside clusters. */
export function readServedHosts(
  services: Services, workloads: readonly Workload[], bindings: () => readonly Binding[], charts: readonly KubernetesObject[],
): PodVolume[] {
  const { hosts } = services;
  const servers = hosts.length === 0 ? undefined : new Servers(services, workloads, bindings(), readIngressControllers(workloads, charts));
  return hosts.flatMap((host) => {
    const [first] = [...services.behind(host), ...services.podsBehind(host)];
    return servers!.atHost(host).map((heldBy, i): PodVolume => {
      const role = serverAt(host, i, heldBy, first.place);
      return { arn: role.arn, role, heldBy: [heldBy], files: [{ kind: 'host', system: host }], hasObjects: false };
    });
  });
}

/** What stands for whoever serves at a host. */
function serverAt(host: Text, i: number, { cluster }: KeyHolders, place: AccessPlace): Role {
  const statement = mapOf({ Effect: Text.of('Allow'), Action: Text.of(WRITE_VOLUME), Resource: ANY_RESOURCE });
  return {
    noun: 'host',
    label: `${host}`,
    arn: arnOf('eks', Text.of(`host/${i}/${host.key}`), cluster.region, cluster.account),
    account: cluster.account,
    trustPolicy: { name: 'trust policy', unknown: 'pods answer there' },
    policies: [{ name: `what pods serve at ${host}`, document: mapOf({ Statement: [statement] }) }],
    tags: new Map(),
    place,
  };
}
