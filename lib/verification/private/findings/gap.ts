import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** What a part of the templates that is not read can change. */
export type GapScope =
  | 'everything'
  /** Which credentials pods of a cluster get. */
  | { readonly cluster: ClusterId }
  /** Policies of resources of some services. */
  | ServicesScope;

interface ServicesScope {
  /** The prefixes of their actions. */
  readonly services: readonly string[];
  /** The resources, with wildcards. @default - any */
  readonly resources?: readonly Text[];
}

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
  /** Undefined if the question is about any resource. */
  readonly resource?: Text;
}

/** The name of a place: the path of its construct, or else its template and logical ID. */
export const nameOfPlace = ({ template, logicalId, constructPath }: AccessPlace): string => constructPath ?? `${template}/${logicalId}`;

/** Whether a gap can change a decision. */
export function canChange(scope: GapScope, { cluster, action, resource }: Asked): boolean {
  if (scope === 'everything') {
    return true;
  }
  if ('cluster' in scope) {
    return cluster === undefined || scope.cluster.is(cluster) !== 'no';
  }
  const isOfService = action !== undefined && scope.services.includes(action.split(':')[0].toLowerCase());
  return isOfService && (!scope.resources || !resource || scope.resources.some((pattern) => mayContain(pattern, resource)));
}

/** Whether a resource may be one of those of a pattern, or in one, such as an object in a bucket. */
const mayContain = (pattern: Text, resource: Text): boolean => Pattern.glob(Text.join([pattern, Text.of('*')])).matches(resource) !== 'no';

/** What a gap can change, for messages: `everything`, or `decisions about pods of cluster prod`. */
export function shownScope(scope: GapScope): string {
  if (scope === 'everything') {
    return 'every decision';
  }
  if ('cluster' in scope) {
    return `decisions about pods of cluster ${scope.cluster}`;
  }
  const { services, resources = [] } = scope;
  return `decisions about actions of ${services.join(', ')}${resources.length > 0 ? ` on ${resources.join(', ')}` : ''}`;
}
