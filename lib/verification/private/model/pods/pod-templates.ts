import { podSettings } from './pod-settings';
import { isSpecOfPods } from './spec-of-pods';
import { listOf, mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { WITHOUT_PODS } from '../objects/api-groups';
import { OF_CHARTS } from '../objects/chart-values';
import { isGenerator } from '../objects/generators';

/** A template of pods in an object. */
export interface PodTemplate {
  /** Where it is in the object; undefined for what has no template, but settings of its pods. */
  readonly path?: string;
  /** Whether the pods certainly have these settings. Otherwise, a controller can change them, or use them for something else. */
  readonly isCertain: boolean;
  /** That of the innermost object that contains it and names one. */
  readonly namespace?: Text;
  readonly at: KubernetesObject['at'];
}

const TEMPLATE = ['spec', 'template'];

/** Where objects of Kubernetes have the template of their pods, by kind: a Pod is its own. */
const OF_KUBERNETES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['Job', TEMPLATE],
  ['CronJob', ['spec', 'jobTemplate', ...TEMPLATE]],
  ['Deployment', TEMPLATE],
  ['DaemonSet', TEMPLATE],
  ['StatefulSet', TEMPLATE],
  ['ReplicaSet', TEMPLATE],
  ['ReplicationController', TEMPLATE],
]);

const GROUPS = ['', 'apps', 'batch'];

/** The API groups of policies, which describe the pods of others. */
const OF_POLICIES = /^policy$|(^|\.)(kyverno\.io|gatekeeper\.sh|kubewarden\.io)$/;

/** Whether an object is of a kind of Kubernetes, which no other controller acts on. */
export const isOfKubernetes = ({ group }: KubernetesObject): boolean => GROUPS.includes(group);

/** Whether an object describes the pods of others. */
export const isPolicy = ({ group }: KubernetesObject): boolean => OF_POLICIES.test(group);

/** Whether an object is of a kind of Kubernetes that has pods. */
export const isWorkload = (object: KubernetesObject): boolean => OF_KUBERNETES.has(object.kind) && isOfKubernetes(object);

/**
 * The templates of pods of an object. In kinds that are not known, they are wherever something has a spec with containers: where a Deployment has it, as in a
 * `Rollout` of Argo or a service of Knative, or elsewhere, as in a `ScaledJob` of KEDA or a `RayCluster`. Kinds such as the `Workflow` of Argo have no template,
 * but settings of their pods.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 * @see https://argo-workflows.readthedocs.io/en/latest/fields/#workflowspec
 * @see https://keda.sh/docs/latest/reference/scaledjob-spec/
 * @see https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/config.html
 */
export function podTemplates(object: KubernetesObject): PodTemplate[] {
  if (isWorkload(object)) {
    const path = OF_KUBERNETES.get(object.kind)!;
    return [{ path: path.join('.'), isCertain: !object.mayBeMissing, at: (...within) => object.at(...path, ...within) }];
  }
  if (isPolicy(object)) {
    return generated(object);
  }
  if (isOfKubernetes(object) || WITHOUT_PODS.test(object.group) || isGenerator(object)) {
    return [];
  }
  const isChart = object.group === OF_CHARTS;
  const found = isChart ? ofValues(object.at('values')) : templatesIn({ at: (...path) => object.at(...path) }, object.at('spec'));
  const areCertain = !isChart && !object.mayBeMissing;
  const settings = found.length > 0 && !isChart ? [] : podSettings(object);
  return [
    ...found.map((template) => ({ ...template, isCertain: template.isCertain && areCertain })),
    ...settings.map((one): PodTemplate => ({ isCertain: false, at: (...path) => one.at(...path) })),
  ];
}

/** Those in the values of a chart, which has pods of its own besides. */
function ofValues(values: Resolved): PodTemplate[] {
  const chart = mapOf({ spec: values });
  return templatesIn({ at: (...path) => chart.at(...path) }, values);
}

/** The pods that a policy creates. @see https://kyverno.io/docs/policy-types/cluster-policy/generate/ */
const generated = (policy: KubernetesObject): PodTemplate[] => listOf(policy.at('spec', 'rules')).flatMap((rule, i) => {
  const creates = rule instanceof ResolvedMap ? rule.get('generate') : undefined;
  return creates instanceof ResolvedMap ? inner(creates, `spec.rules[${i}].generate`, givenText(creates.get('namespace'))) : [];
});

/** The service account of pods, which can have its deprecated name. */
export const serviceAccountOf = (pods: KubernetesObject['at']): Text =>
  givenText(pods('spec', 'serviceAccountName')) ?? givenText(pods('spec', 'serviceAccount')) ?? Text.of('default');

/** Those in a value, and what has the value as its spec, if it is one of pods. */
function templatesIn(owner: Pick<PodTemplate, 'at' | 'namespace'>, spec: Resolved, path = ''): PodTemplate[] {
  const own = isSpecOfPods(spec)
    ? [{ ...owner, path, isCertain: path === TEMPLATE.join('.') }] : [];
  return [...own, ...inner(spec, path === '' ? 'spec' : `${path}.spec`, owner.namespace)];
}

function inner(value: Resolved, path: string, namespace?: Text): PodTemplate[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => inMap(item, `${path}[${i}]`, namespace));
  }
  return value instanceof ResolvedMap ? value.entries.flatMap(([key, item]) => inMap(item, `${path}.${key}`, namespace)) : [];
}

function inMap(value: Resolved, path: string, outer?: Text): PodTemplate[] {
  if (!(value instanceof ResolvedMap)) {
    return inner(value, path, outer);
  }
  const namespace = (value.get('kind') === undefined ? undefined : givenText(value.at('metadata', 'namespace'))) ?? outer;
  const others = new ResolvedMap(value.entries.filter(([{ literal }]) => literal !== 'spec'));
  const owner = { at: (...within: string[]) => value.at(...within), ...namespace && { namespace } };
  return [...templatesIn(owner, value.get('spec'), path), ...inner(others, path, namespace)];
}
