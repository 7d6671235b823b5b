import { containerSettings, ContainerSources } from './container-settings';
import { containersOf } from './containers';
import { withDistinctNames } from './distinct-names';
import { EnvironmentSources } from './environment-sources';
import { FilledContainers } from './filled-containers';
import { mayReadNetwork, nodeTakeover } from './node-takeover';
import { PersistentVolumes } from './persistent-volumes';
import { selectOthers } from './placement';
import { PodFiles } from './pod-files';
import { mayRefuse, refusalOf } from './pod-security';
import { isWorkload, PodTemplate, podTemplates, serviceAccountOf } from './pod-templates';
import { writesOfRunner } from './runners';
import { isRuntimeClass, withRuntimeClass } from './runtime-classes';
import { AccessPlace } from '../../../access-reason';
import { Findings } from '../../findings/findings';
import { stackOf } from '../../findings/gap';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, isText, textOf } from '../../values/text-parts';
import { allOf, anyOf, not } from '../../values/truth';
import { CodeLocations } from '../code/code-locations';
import { writesOfImages } from '../code/image-names';
import { FargateSelector } from '../fargate-selector';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { Workload } from '../model';
import { isOnFargate } from '../nodes/fargate-profiles';
import { systemLabels } from '../nodes/labels-and-taints';
import { OF_CHARTS } from '../objects/chart-values';
import { writesOfEnvironment } from '../objects/values-from';

const LINUX = { labels: new Map(systemLabels('linux')) };

/** What tells where pods have their code from. */
interface CodeOfPods {
  readonly locations: CodeLocations;
  readonly containers: FilledContainers;
  readonly files: PodFiles;
}

/** Besides the object of a workload, what says what its pods have and run. */
interface Sources extends CodeOfPods, ContainerSources {
  readonly aboutPods: readonly KubernetesObject[];
  readonly objects: readonly KubernetesObject[];
}

/**
 * With these annotations, Multus gives pods other network interfaces, which can be those of their node.
 *
 * @see https://github.com/aws-samples/eks-install-guide-for-multus
 */
const NETWORKS = ['k8s.v1.cni.cncf.io/networks', 'v1.multus-cni.io/default-network'];

/**
 * The objects that have pods.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
 */
export function readWorkloads(
  objects: readonly KubernetesObject[], code: CodeOfPods, selectors: readonly FargateSelector[], findings: Findings,
): Workload[] {
  const sources = {
    environment: new EnvironmentSources(objects),
    volumes: new PersistentVolumes(objects),
    ...code,
    objects,
    aboutPods: objects.filter((object) => !object.mayBeMissing && concernsPods(object)),
  };
  const read = new Map<AccessPlace, Set<ResolvedMap>>(); // a template in the values of a chart is one of the chart, and one of the object in them
  const isNew = ({ place, mayBeMissing }: KubernetesObject, { at }: PodTemplate) => {
    const spec = at('spec');
    if (!(spec instanceof ResolvedMap)) {
      return !mayBeMissing; // values have a kind for other things, too
    }
    const own = read.get(place) ?? new Set<ResolvedMap>();
    read.set(place, own);
    const isKnown = own.has(spec);
    own.add(spec);
    return !isKnown;
  };
  return withDistinctNames(objects.flatMap((object) => podTemplates(object).filter((template) => isNew(object, template)).flatMap((template, i) => {
    const all = readWorkload(object, template, selectors, sources, findings);
    const workloads = all.filter((workload) => template.path !== undefined || reachesNode(workload));
    if (workloads.length > 0 && !isWorkload(object)) {
      findings.add('unknown-workload-kind', `the kind ${object.kind} of ${object.group} is not known: ${howRead(template)}`, object.place);
    }
    const ofOthers = Text.of(` (${template.path ?? i + 1})`);
    return i === 0 ? workloads : workloads.map(({ name, ...workload }) => ({ ...workload, objectName: name, name: Text.join([name, ofOthers]) }));
  })));
}

function howRead({ path, isCertain }: PodTemplate): string {
  return isCertain ? 'it is read like a Deployment, because it has a template of pods'
    : path === undefined ? 'what it says is read as the settings of its pods' : `it has a template of pods${path === '' ? '' : ` at ${path}`}`;
}

/** Whether an object decides where pods of others run, or which of them Kubernetes admits. */
const concernsPods = (object: KubernetesObject): boolean => isRuntimeClass(object) || mayRefuse(object);

/** Whether settings that are not in a template of pods change which credentials these get. */
const reachesNode = ({ hostNetwork, takesOverNode, credentialsOfOthers, otherCredentials, ofServices }: Workload): boolean =>
  hostNetwork !== 'no' || [takesOverNode, credentialsOfOthers, otherCredentials, ofServices].some((why) => why !== undefined);

function readWorkload(
  object: KubernetesObject, { at: pods, isCertain, namespace = object.namespace }: PodTemplate,
  selectors: readonly FargateSelector[], sources: Sources, findings: Findings,
): Workload[] {
  const { cluster, kind, mayBeMissing, name = mayBeMissing ? Text.of(kind) : undefined, place } = object; // what fills in a part of an object can name it
  const ofTemplate = pods('spec');
  if (!name || !(ofTemplate instanceof ResolvedMap)) {
    const message = `a ${kind} in namespace ${namespace} has no name or no spec of its pods: it is left out`;
    findings.addGap('unreadable-workload', message, place, { cluster });
    return [];
  }
  const spec = withRuntimeClass(ofTemplate, object, sources.aboutPods);
  const onFargate = fargate({ cluster, kind, namespace, place }, pods, selectors);
  const [containers, volumes] = [containersOf(ofTemplate), listOf(ofTemplate.get('volumes'))];
  const images = writesOfImages([...containers, ...volumes]);
  const filled = sources.containers.of({ cluster, namespace, spec: ofTemplate });
  const code = [
    ...images, ...[object.at(), ...filled].flatMap((value) => sources.locations.writesOf(value)),
    ...writesOfEnvironment(object, containers, sources.objects), ...sources.files.writesOf(object, pods), ...writesOfRunner(object, containers),
  ];
  const maybeRefused = refusalOf({ cluster, kind, name, namespace }, pods, sources.aboutPods);
  const maybeNotOnLinux = onFargate.maybeNotOnLinux ?? notOnLinux(pods, spec);
  return [{
    cluster,
    kind,
    namespace,
    name,
    serviceAccountName: serviceAccountOf(pods),
    hostNetwork: allOf([
      anyOf([isSet(pods('spec', 'hostNetwork')), ...NETWORKS.map((annotation) => (pods('metadata', 'annotations', annotation) === undefined ? 'no' : 'unknown'))]),
      isCertain ? 'yes' : 'unknown',
    ]),
    ...containerSettings(object, pods, sources),
    ...!onFargate.fargate && takeover(pods),
    ...onFargate,
    ...maybeRefused !== undefined && { maybeRefused },
    ...maybeNotOnLinux !== undefined && { maybeNotOnLinux },
    ...(mayBeMissing || object.group === OF_CHARTS) && { mayBeMissing: true },
    ...code.length > 0 && { code },
    template: { labels: pods('metadata', 'labels'), annotations: pods('metadata', 'annotations'), spec, ...filled.length > 0 && { filled } },
    place,
  }];
}

/** Pods that take over their node get the credentials of its other pods, too. Those on Fargate share no node. @see https://docs.aws.amazon.com/eks/latest/userguide/fargate.html */
function takeover(pods: KubernetesObject['at']): Pick<Workload, 'takesOverNode' | 'credentialsOfOthers'> {
  const what = nodeTakeover(pods);
  if (what !== undefined) {
    return { takesOverNode: what, credentialsOfOthers: `has ${what}` };
  }
  return mayReadNetwork(pods) ? { credentialsOfOthers: 'can read the network of its node' } : {};
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html */
function notOnLinux(pods: KubernetesObject['at'], spec: ResolvedMap): string | undefined {
  const system = textOf(pods('spec', 'os', 'name'))?.toLowerCase();
  const isWindows = anyOf([isText(system, 'windows'), selectOthers(LINUX, spec)]);
  return isWindows === 'no' ? undefined : `they ${isWindows === 'yes' ? '' : 'may '}select nodes with Windows`;
}

/**
 * The annotation that CoreDNS has keeps pods off Fargate. A cluster that the templates do not create can have other selectors. Fargate does not run the pods of
 * DaemonSets. AWS does not document whether they run on other nodes if a profile selects them. Pods that name their node go to no scheduler, and those that name
 * a scheduler may go to another one than that of Fargate.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate.html#fargate-considerations
 */
function fargate(
  { cluster, kind, namespace, place }: Pick<KubernetesObject, 'cluster' | 'kind' | 'namespace' | 'place'>, pods: KubernetesObject['at'],
  selectors: readonly FargateSelector[],
): Pick<Workload, 'fargate' | 'maybeNotOnLinux'> {
  const isKeptOff = isText(pods('metadata', 'annotations', 'eks.amazonaws.com/compute-type'), 'ec2');
  const selected = { cluster, namespace, labels: pods('metadata', 'labels'), isOfController: kind !== 'Pod' };
  const answer = allOf([isOnFargate(selected, selectors), not(isKeptOff)]);
  if (answer === 'no') {
    return cluster.isCreated || isKeptOff === 'yes' ? { fargate: false } : {};
  }
  const why = answer === 'yes'
    ? notOnFargate(kind, pods) ?? beforeProfile(place, selectors.filter((selector) => isOnFargate(selected, [selector]) === 'yes'))
    : 'a Fargate profile may select them';
  return why === undefined ? { fargate: true } : { maybeNotOnLinux: why };
}

/** Fargate replaces the default. */
const FARGATE_SCHEDULERS = [undefined, 'default-scheduler', 'fargate-scheduler'];

/** Why pods that a Fargate profile selects may run elsewhere. */
function notOnFargate(kind: string, pods: KubernetesObject['at']): string | undefined {
  const named = ['nodeName', 'schedulerName'].find((name) => !FARGATE_SCHEDULERS.includes(givenText(pods('spec', name))?.toString()));
  return kind === 'DaemonSet' ? 'a Fargate profile selects the pods of a DaemonSet, which Fargate does not run'
    : named && `a Fargate profile selects pods with ${named}, which decides where they run`;
}

/**
 * Why pods may start before their profile exists, and then run on nodes until someone recreates them. CloudFormation creates what does not depend on each other at
 * the same time. Which of two stacks is deployed first is not known: the stack of the profile is taken to be the first.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
 */
function beforeProfile(pods: AccessPlace, profiles: readonly FargateSelector[]): string | undefined {
  const isAfter = profiles.some(({ place, dependents }) => stackOf(place) !== stackOf(pods) || dependents.has(pods.logicalId));
  return isAfter ? undefined
    : `${pods.logicalId} does not depend on Fargate profile ${profiles[0].place.logicalId}, so that they may start on nodes before it exists`;
}
