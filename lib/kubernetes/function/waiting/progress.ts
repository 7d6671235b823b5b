import { DEPLOYMENT_AVAILABLE, isJob } from '../../contract/awaited-condition';
import { groupOf } from '../../contract/identity';
import type { KubernetesObject } from '../client/kubernetes-object';
import type { Awaited } from '../input/wanted';

/** Whether a condition holds. `why` completes "it is not ready" or "it has failed". */
export type Progress =
  | { readonly is: 'ready' }
  | { readonly is: 'waiting'; readonly why: string }
  /** It will never hold. */
  | { readonly is: 'failed'; readonly why: string };

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
}

interface Status {
  readonly conditions: Condition[];
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly active?: number;
  readonly succeeded?: number;
}

const READY: Progress = { is: 'ready' };
const waiting = (why: string): Progress => ({ is: 'waiting', why });
const failed = (why: string): Progress => ({ is: 'failed', why });

/** How far an object is from a condition. */
export function progressOf(found: KubernetesObject | undefined, { object, type }: Awaited): Progress {
  if (!found) {
    return isJob(object) ? failed('it no longer exists, so its result is unknown') : waiting('it does not exist');
  }
  const { observedGeneration, conditions } = statusOf(found);
  const condition = conditions.find((each) => each.type === type);
  if ((condition?.observedGeneration ?? observedGeneration ?? Infinity) < (found.metadata.generation as number)) {
    return waiting('its controller has not observed its latest change');
  }
  if (isJob(object)) {
    return progressOfJob(found, condition);
  }
  if (object.kind === DEPLOYMENT_AVAILABLE.Kind && groupOf(object.apiVersion) === 'apps' && type === DEPLOYMENT_AVAILABLE.Type) {
    return progressOfDeployment(found, condition);
  }
  return isTrue(condition) ? READY : waiting(stateOf(type, condition));
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions */
function progressOfJob(found: KubernetesObject, condition: Condition | undefined): Progress {
  const { conditions, succeeded = 0, active = 0 } = statusOf(found);
  const failure = conditions.find((each) => each.type === 'Failed' && isTrue(each));
  if (isTrue(condition)) {
    return READY;
  }
  if (failure) {
    return failed(reasonOf(failure));
  }
  const { completions = 1 } = found.spec as { readonly completions?: number };
  const suspended = conditions.find((each) => each.type === 'Suspended' && isTrue(each));
  return waiting([`${succeeded} of ${completions} pods succeeded, ${active} active`, suspended && `it is suspended: ${reasonOf(suspended)}`].filter(Boolean).join('; '));
}

/**
 * The condition alone also holds while old replicas serve and new ones do not start.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
function progressOfDeployment(found: KubernetesObject, condition: Condition | undefined): Progress {
  const { conditions, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = statusOf(found);
  const late = conditions.find((each) => each.type === 'Progressing' && each.reason === 'ProgressDeadlineExceeded');
  if (late) {
    return failed(reasonOf(late));
  }
  const { replicas: wanted = 1 } = found.spec as { readonly replicas?: number };
  if (isTrue(condition) && updatedReplicas >= wanted && replicas <= updatedReplicas && availableReplicas >= updatedReplicas) {
    return READY;
  }
  const failure = conditions.find((each) => each.type === 'ReplicaFailure' && isTrue(each));
  return waiting([
    `of ${wanted} replicas, ${updatedReplicas} are up to date and ${availableReplicas} are available`,
    replicas > updatedReplicas && `${replicas - updatedReplicas} old ones remain`,
    failure && reasonOf(failure),
  ].filter(Boolean).join('; '));
}

/** Custom resources can have conditions of any structure. */
function statusOf({ status }: KubernetesObject): Status {
  const { conditions, ...rest } = (status ?? {}) as Partial<Status>;
  return { ...rest, conditions: Array.isArray(conditions) ? conditions.filter((each) => typeof each === 'object' && each !== null) : [] };
}

const isTrue = (condition: Condition | undefined) => condition?.status === 'True';

const stateOf = (type: string, condition: Condition | undefined) => (condition
  ? [`its condition ${type} is ${condition.status}`, reasonOf(condition)].filter(Boolean).join(': ')
  : `it has no condition ${type}`);

const reasonOf = ({ reason, message }: Condition) => [reason, message].filter(Boolean).join(': ');
