import { Duration, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { annotationsOf } from './annotations';
import { knownIdentity, PlainObject } from './object-set';
import { checkDuration } from '../../private/durations';
import { refusal } from '../../private/errors';
import { nearestName } from '../../private/nearest-name';
import { AwaitedCondition, DEPLOYMENT_AVAILABLE, isJob, JOB_COMPLETE, LEAST_SECONDS_AFTER_FINISHED } from '../contract/awaited-condition';
import { groupOf, ObjectAddress, qualifiedName } from '../contract/identity';
import { TIMEOUTS } from '../contract/timeouts';
import { IKubernetesCluster } from '../kubernetes-cluster-interface';
import type { Wait } from '../wait';

/** Refuses a timeout that does not fit into the time of the function, or that nothing uses. */
export function checkWaitTimeout(timeout: Duration | undefined, waits: Wait[]): void {
  checkDuration('waitTimeout', timeout, Duration.seconds(1), Duration.millis(TIMEOUTS.wait));
  if (timeout && waits.length === 0) {
    throw refusal('waitTimeout', timeout.toHumanString(), 'omitted without waitFor', 'nothing is waited for');
  }
}

/** An error for each wait whose object is not in the set, or whose result the function might not see. */
export function waitErrors(waits: Wait[], objects: PlainObject[]): string[] {
  return waits.map((wait) => wait._toProperty()).flatMap((wait, i) => {
    const wanted = knownIdentityOf(wait);
    const object = objects.find((each) => wanted !== undefined && knownIdentity(each) === wanted);
    const problem = object ? lifetimeError(wait, object) : absenceError(wait, objects);
    return problem === undefined ? [] : [`waitFor[${i}] is ${nameOfWait(wait)}, ${problem}`];
  });
}

/** Adds a warning to a set that waits for pods, if no node can run them. */
export function warnOfWaitsWithoutNodes(set: Construct, waits: Wait[], cluster: IKubernetesCluster): void {
  const i = waits.map((wait) => wait._toProperty()).findIndex(needsPods);
  if (i >= 0 && cluster._definition.lacksNodes()) {
    annotationsOf(set).addWarningV2('cdk-irsa:wait-without-nodes', `waitFor[${i}] is ${nameOfWait(waits[i]._toProperty())}, `
      + `whose pods need nodes, but the app defines none for ${cluster.node.path}: the deployment fails after waitTimeout. `
      + 'Add nodes with nodegroups or autoMode of the cluster; if they come from elsewhere, acknowledge this warning');
  }
}

const needsPods = ({ ApiVersion, Kind }: AwaitedCondition) =>
  [JOB_COMPLETE, DEPLOYMENT_AVAILABLE].some((one) => one.Kind === Kind && groupOf(one.ApiVersion) === groupOf(ApiVersion));

/** Undefined if the object may be one whose name is known only at deployment. The function then checks that it is in the set. */
function absenceError(wait: AwaitedCondition, objects: PlainObject[]): string | undefined {
  const isUnknown = [wait.Name, wait.Namespace, wait.ApiVersion, wait.Kind].some((part) => Token.isUnresolved(part));
  const same = objects.filter((object) => isOfKind(object, wait));
  if (isUnknown || same.some((object) => knownIdentity(object) === undefined)) {
    return undefined;
  }
  const nearest = nearestName(`${wait.Namespace}/${wait.Name}`, same.map(withNamespace))?.name;
  const meant = same.find(({ metadata }) => (metadata as { name: string }).name === wait.Name)
    ?? same.find((object) => withNamespace(object) === nearest);
  if (meant) {
    return `but must be an object of this set: did you mean ${wait.Kind} ${withNamespace(meant)}?`;
  }
  const there = same.length > 0 ? same.map((object) => `${wait.Kind} ${withNamespace(object)}`).join(', ') : `no ${wait.Kind} of ${wait.ApiVersion}`;
  return `but must be an object of this set: the set has ${there}`;
}

/** An error for a Job that can be gone before the function has seen its result. */
function lifetimeError({ ApiVersion: apiVersion, Kind: kind }: AwaitedCondition, { spec }: PlainObject): string | undefined {
  const seconds = (spec as { readonly ttlSecondsAfterFinished?: unknown } | undefined)?.ttlSecondsAfterFinished;
  const isTooShort = isJob({ apiVersion, kind }) && typeof seconds === 'number' && !Token.isUnresolved(seconds) && seconds < LEAST_SECONDS_AFTER_FINISHED;
  return isTooShort
    ? `whose ttlSecondsAfterFinished is ${seconds}, but must be omitted or at least ${LEAST_SECONDS_AFTER_FINISHED}: `
      + 'Kubernetes could delete the Job before the function has seen its result'
    : undefined;
}

/** An object of an unknown kind may be of this one. */
const isOfKind = ({ apiVersion, kind }: PlainObject, wait: AwaitedCondition) => [apiVersion, kind].some((part) => Token.isUnresolved(part))
  || (groupOf(`${apiVersion}`) === groupOf(wait.ApiVersion) && kind === wait.Kind);

function knownIdentityOf({ ApiVersion: apiVersion, Kind: kind, Namespace: namespace, Name: name }: AwaitedCondition): string | undefined {
  return knownIdentity({ apiVersion, kind, metadata: { namespace, name } });
}

const nameOfWait = ({ Kind, Namespace, Name }: AwaitedCondition) => `${Kind} ${Namespace}/${Name}`;

const withNamespace = (object: PlainObject) => qualifiedName(object as unknown as ObjectAddress);
