import { mayChangeCredentials } from './changed-credentials';
import { podTemplates } from './pod-templates';
import { Findings } from '../../findings/findings';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { isSet, literalOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** Objects that describe the changes which they make, by API group and kind, and where. */
const DESCRIBED: ReadonlyArray<readonly [group: string, kind: RegExp, changes: (object: KubernetesObject) => Resolved]> = [
  ['admissionregistration.k8s.io', /^MutatingAdmissionPolicy$/, (object) => [object.at('spec', 'variables'), object.at('spec', 'mutations')]],
  ['kubeflow.org', /^PodDefault$/, (object) => object.at('spec')],
  ['kyverno.io', /^(Cluster)?Policy$/, (object) => listOf(object.at('spec', 'rules')).map((rule) => (rule instanceof ResolvedMap ? rule.get('mutate') : rule))],
  ['mutations.gatekeeper.sh', /./, (object) => [new ResolvedMap(fieldsOf(object, 'location')), object.at('spec', 'parameters')]],
  ['policies.kyverno.io', /MutatingPolicy$/, (object) => [object.at('spec', 'variables'), object.at('spec', 'mutations')]],
];

const fieldsOf = (object: KubernetesObject, name: string) => {
  const spec = object.at('spec');
  return spec instanceof ResolvedMap ? spec.entries.filter(([{ literal }]) => literal === name) : [];
};

/** The resources of the core group that decide about the credentials of pods. A claim decides which files of its node a pod has. */
const OF_PODS = /^(\*|pods|podtemplates|serviceaccounts|replicationcontrollers|persistentvolumes|persistentvolumeclaims)(\/|$)/;

/** The API groups of pods and of what creates them. */
const GROUPS = ['*', 'apps', 'batch'];

/**
 * Adds a finding for each object that can change pods or service accounts after their manifests are applied, so that these do not show which credentials pods get.
 * What a webhook does, its code decides; others describe it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
 * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 * @see https://kyverno.io/docs/policy-types/cluster-policy/mutate/
 * @see https://open-policy-agent.github.io/gatekeeper/website/docs/mutation/
 * @see https://docs.kubewarden.io/reference/CRDs
 */
export function findPodMutators(objects: readonly KubernetesObject[], findings: Findings): void {
  for (const object of objects) {
    const described = DESCRIBED.find(([group, kind]) => group === object.group && kind.test(object.kind));
    if (described ? mayChangeCredentials(described[2](object)) : rulesOf(object).some((rule) => concernsPods(rule, objects))) {
      const { kind, name, group, cluster, place } = object;
      const what = `the ${kind} ${name ?? 'without a name'} of ${group} can change the credentials of pods after their manifests are applied`;
      findings.addGap('pod-mutator', what, place, { cluster });
    }
  }
}

/** For which objects the API server calls a webhook that changes them. */
function rulesOf(object: KubernetesObject): Resolved[] {
  const { group, kind } = object;
  if (group === 'admissionregistration.k8s.io' && kind === 'MutatingWebhookConfiguration') {
    return listOf(object.at('webhooks')).flatMap((webhook) => (webhook instanceof ResolvedMap ? listOf(webhook.get('rules')) : [webhook]));
  }
  return group === 'policies.kubewarden.io' && isSet(object.at('spec', 'mutating')) !== 'no' ? listOf(object.at('spec', 'rules')) : [];
}

/** Whether an API group is one of pods, or of what creates them. */
export const isGroupOfPods = (group: string, objects: readonly KubernetesObject[]): boolean =>
  GROUPS.includes(group) || objects.some((object) => object.group === group && group !== '' && podTemplates(object).length > 0);

/** Whether a rule of a webhook is about pods, or what creates them. */
export function concernsPods(rule: Resolved, objects: readonly KubernetesObject[]): boolean {
  const literals = (name: string) => (rule instanceof ResolvedMap ? listOf(rule.get(name)).map(literalOf) : [undefined]);
  const isOfPods = () => literals('resources').some((resource) => resource === undefined || OF_PODS.test(resource));
  return literals('apiGroups').some((group) => group === undefined || (group === '' ? isOfPods() : isGroupOfPods(group, objects)));
}
