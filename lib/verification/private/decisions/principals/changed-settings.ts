import { withCodeIn, withNamedCode } from './changed-objects';
import { nameOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { NamedCode } from '../../model/code/named-images';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model, Workload } from '../../model/model';
import { HelmRelease, helmReleases, REVISION } from '../../model/objects/helm-releases';
import { withInner } from '../../model/objects/inner-objects';
import { SettingOfController, settingsOfControllers } from '../../model/objects/settings-of-controllers';
import { withSources } from '../../model/pods/copied-objects';
import { ObjectOfCode } from '../../model/pods/object-of-code';
import { objectsOfCode, PodsOfCode } from '../../model/pods/objects-of-code';
import { Binding } from '../../model/rbac/bindings';
import { mayChange } from '../../model/rbac/changed-objects';
import { Gain } from '../../model/rbac/gain';
import { CHANGES } from '../../model/rbac/rule';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** The ConfigMap that says where Amazon EKS sends the logs of pods on AWS Fargate. @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html */
const LOGGING = { kind: 'ConfigMap', name: Text.of('aws-logging'), namespace: Text.of('aws-observability'), isOptional: true } as const;

const RESOURCES = { ConfigMap: 'configmaps', Secret: 'secrets' } as const;

/**
 * The ways of a binding that lets pods change ConfigMaps or Secrets: whoever changes what workloads take their code from runs code in them, and whoever changes the
 * settings of a controller decides what it applies. So does whoever changes a revision of a chart, or adds one: Helm applies the objects in it if it goes back to it, and
 * its hooks if it deletes the chart.
 *
 * @see https://helm.sh/docs/helm/helm_rollback/
 */
export function waysBySettings(binding: Binding, cluster: ClusterId, { workloads, namedCode, objects, charts }: Model): WayIntoCluster[] {
  const { label, namespace, rules, gains } = binding;
  const changesAny = { groups: [''], resources: Object.values(RESOURCES), verbs: CHANGES };
  const hasGain = (name: Gain['kind']) => gains.some(({ kind, group }) => kind === name && group === undefined);
  if (!rules.some((rule) => rule.allows(changesAny)) || hasGain('cluster')) {
    return [];
  }
  const isThere = (one: Pick<KubernetesObject, 'cluster' | 'namespace'>) =>
    one.cluster.is(cluster) !== 'no' && (!namespace || equal(one.namespace, namespace) !== 'no');
  const exists = ({ kind, name }: ObjectOfCode, one: PodsOfCode) => objects.some((object) => object.kind === kind && object.group === ''
    && object.cluster.is(one.cluster) === 'yes' && equal(object.namespace, one.namespace) === 'yes' && object.name !== undefined && equal(object.name, name) === 'yes');
  const codeOf = (pods: PodsOfCode, one: Workload | NamedCode) =>
    code.of([one, objects, pods.namespace.key], () => withSources(objectsOfCode(pods, objects), pods, objects));
  const isChanged = (pods: PodsOfCode, one: Workload | NamedCode) => codeOf(pods, one).some((object) => {
    const { kind, name, namespace: own = pods.namespace, isOptional } = object;
    const where = { ...pods, namespace: own };
    return isThere(where) && mayChange(rules, RESOURCES[kind], name, () => !isOptional || exists(object, where));
  });
  const isOther = (pods: PodsOfCode, one: Workload | NamedCode) => !(hasGain('pods') && isThere(pods)) && isChanged(pods, one); // whoever creates pods has what these do
  const running = workloads.filter((workload) => isOther({ ...workload, spec: workload.template?.spec }, workload));
  const others = namedCode.filter((named) => named.spec && named.namespaces.some((one) => isOther({ ...named, namespace: one }, named)));
  const changed = settings.of([objects, charts], () => settingsOfControllers(withInner(objects, charts)))
    .filter((one) => isThere(one) && Object.values(RESOURCES).some((resource) => mayChange(rules, resource, one.name))).slice(0, 1);
  const logging = { cluster, namespace: LOGGING.namespace };
  const logs = isThere(logging) && mayChange(rules, 'configmaps', LOGGING.name, () => exists(LOGGING, logging)) ? ['logs of pods on AWS Fargate'] as const : [];
  const revised = rules.some((rule) => rule.mayName(REVISION) && rule.allows({ groups: [''], resources: ['secrets'], verbs: CHANGES }))
    ? releases.of([objects, charts], () => helmReleases(charts, withInner(objects, charts))).filter(isThere).slice(0, 1) : [];
  return [
    ...revised.map(({ object: { kind, name } }) => ({
      cluster, what: `change a revision of ${kind} ${name}, which Helm may apply with the permissions of who deploys it, by ${label}`, runsPods: true,
    })),
    ...logs.map((byEks) => ({ cluster, what: `make Amazon EKS change ${byEks} by ${label}`, runsPods: false, onlyViews: true, seen: [], byEks })),
    ...changed.map(({ name, object }) => ({ cluster, what: `change ${name}, from which ${object.kind} ${object.name} takes values, by ${label}`, runsPods: true })),
    ...running.map((workload) => ({ ...withCodeIn(workload, cluster), what: `change what ${nameOf(workload)} runs by ${label}` })),
    ...others.flatMap((named) => withNamedCode(named, cluster).map((way) => ({ ...way, what: `change what ${named.label} runs by ${label}` }))),
  ];
}

const code = new Interned<readonly ObjectOfCode[]>();

const settings = new Interned<readonly SettingOfController[]>();

const releases = new Interned<readonly HelmRelease[]>();
