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
  | ServicesScope
  /** What some roles allow, or whom they trust. */
  | RolesScope;

export interface ServicesScope {
  /** The prefixes of their actions. */
  readonly services: readonly string[];
  /** The resources, with wildcards. @default - any */
  readonly resources?: readonly Text[];
}

/** A change of roles of the templates. */
export interface RolesScope {
  readonly roles: ReadonlyArray<{ readonly label: string; readonly arn: Text }>;
  readonly part: 'permissions' | 'trust';
}

/** A part of the templates that is not read, and can give or take access. */
export interface Gap {
  /** The name of its place, with which a user can say that it changes nothing. */
  readonly at: string;
  readonly scope: GapScope;
}

/** What a decision depends on, as far as gaps can change it. */
export interface Asked {
  /** Undefined if the principal can be in any cluster; `none` if it can act in none. */
  readonly cluster?: ClusterId | 'none';
  /** Undefined if the question is not about an action. */
  readonly action?: string;
  /** Undefined if the question is about any resource. */
  readonly resource?: Text;
  /** Whether a change of roles can change it. */
  readonly dependsOn: (scope: RolesScope) => boolean;
  /** Whether other requests can change it that a change of policies of resources makes possible. @default - they cannot */
  readonly dependsOnRequests?: (scope: ServicesScope) => boolean;
}

/** The stack that a place is in: its template, or if several nested stacks are made of this, the nested stack. */
export const stackOf = ({ template, nestedStack = template }: Pick<AccessPlace, 'template' | 'nestedStack'>): string => nestedStack;

/** Whether a place is in a resource. */
export const isIn = (place: AccessPlace, resource: AccessPlace): boolean =>
  place.logicalId === resource.logicalId && stackOf(place) === stackOf(resource);

/** The name of a place: the path of its construct, or else its stack and logical ID. Nested stacks that are made of one template have the same paths. */
export const nameOfPlace = (place: AccessPlace): string =>
  (place.nestedStack === undefined ? place.constructPath : undefined) ?? `${stackOf(place)}/${place.logicalId}`;

/** Whether a gap can change a decision. */
export function canChange(scope: GapScope, { cluster, action, resource, dependsOn, dependsOnRequests = () => false }: Asked): boolean {
  if (scope === 'everything') {
    return true;
  }
  if ('cluster' in scope) {
    return cluster !== 'none' && (cluster === undefined || scope.cluster.is(cluster) !== 'no');
  }
  if ('roles' in scope) {
    return dependsOn(scope);
  }
  return (action !== undefined && isAbout(scope, action, resource)) || dependsOnRequests(scope);
}

/** Whether a change of policies of resources can be about an action on a resource, or on any. */
export const isAbout = ({ services, resources }: ServicesScope, action: string, resource?: Text): boolean =>
  services.includes(action.split(':')[0].toLowerCase()) && (!resources || !resource || resources.some((pattern) => mayContain(pattern, resource)));

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
  if ('roles' in scope) {
    return shownChange(scope);
  }
  const { services, resources = [] } = scope;
  return `decisions about actions of ${services.join(', ')}${resources.length > 0 ? ` on ${resources.join(', ')}` : ''}, and about what these actions lead to`;
}

function shownChange({ roles, part }: RolesScope): string {
  const names = `${roles.length > 1 ? 'roles' : 'role'} ${[...new Set(roles.map(({ label }) => label))].join(', ')}`;
  return part === 'permissions' ? `decisions about whoever can get credentials of ${names}` : `decisions about what ${names} can do, because anyone might get such credentials`;
}
