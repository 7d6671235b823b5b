import { groupOf, ObjectAddress } from './identity';

/** A condition that must hold before an event succeeds. Its object must be one of the set. */
export interface AwaitedCondition {
  readonly ApiVersion: string;
  readonly Kind: string;
  /** `default` for an object that is not in a namespace. */
  readonly Namespace: string;
  readonly Name: string;
  /** The type of the condition in the status of the object, such as `Complete`. */
  readonly Type: string;
}

/** The conditions of Jobs and Deployments for which more than the condition itself is considered. */
export const JOB_COMPLETE = { ApiVersion: 'batch/v1', Kind: 'Job', Type: 'Complete' } as const;
export const DEPLOYMENT_AVAILABLE = { ApiVersion: 'apps/v1', Kind: 'Deployment', Type: 'Available' } as const;

/** Whether an object is a Job. */
export const isJob = ({ apiVersion, kind }: Pick<ObjectAddress, 'apiVersion' | 'kind'>) => kind === JOB_COMPLETE.Kind && groupOf(apiVersion) === groupOf(JOB_COMPLETE.ApiVersion);

/**
 * How long a finished Job must exist, in seconds, so that the function sees its result. The function looks every few seconds, but a request can
 * fail and has to be repeated.
 */
export const LEAST_SECONDS_AFTER_FINISHED = 60;
