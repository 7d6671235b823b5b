import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';

/** What a part of the templates that is not read can change. */
export type GapScope =
  | 'everything'
  /** Which credentials pods of a cluster get. */
  | { readonly cluster: ClusterId }
  /** Policies of any resource of a service, by the prefix of its actions. */
  | { readonly service: string };

/** A part of the templates that is not read, and can give or take access. */
export interface Gap {
  /** The name of its place, with which a user can say that it changes nothing. */
  readonly at: string;
  readonly scope: GapScope;
}

/** What a decision depends on, as far as gaps can change it. */
export interface Asked {
  /** Undefined if the principal can be in any cluster. */
  readonly cluster?: ClusterId;
  /** Undefined if the question is not about an action. */
  readonly action?: string;
}

/** The name of a place: the path of its construct, or else its template and logical ID. */
export const nameOfPlace = ({ template, logicalId, constructPath }: AccessPlace): string => constructPath ?? `${template}/${logicalId}`;

/** Whether a gap can change a decision. */
export function canChange(scope: GapScope, { cluster, action }: Asked): boolean {
  if (scope === 'everything') {
    return true;
  }
  if ('cluster' in scope) {
    return cluster === undefined || scope.cluster.is(cluster) !== 'no';
  }
  return action?.split(':')[0].toLowerCase() === scope.service;
}

/** What a gap can change, for messages: `everything`, or `decisions about pods of cluster prod`. */
export function shownScope(scope: GapScope): string {
  if (scope === 'everything') {
    return 'every decision';
  }
  return 'cluster' in scope ? `decisions about pods of cluster ${scope.cluster}` : `decisions about actions of ${scope.service}`;
}
