import { RolePart } from './access-changes';
import { roleWithArn } from './program-role';
import { Allowed } from './requests';
import { Model, Role } from '../model/model';
import { mayTrustOthers } from '../policies/may-trust';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** A request that changes a part of some roles of the templates, or of none. */
export interface RoleChange {
  readonly action: string;
  readonly part: RolePart;
  readonly roles: readonly Role[];
}

/**
 * The requests that change nothing but roles of the templates. Of a role that no template creates, the policies are not known anyway, so that nothing is certain of
 * whoever gets its credentials. Whom it trusts can matter to everybody.
 */
export function roleChanges(requests: readonly Allowed[], { roles }: Pick<Model, 'roles'>): RoleChange[] {
  return requests.flatMap(({ action, on, change: { ofRole: part } }) => {
    const isKnown = part && on.length > 0 && (part !== 'trust' || on.every((resource) => roleWithArn(resource, roles)));
    return isKnown ? [{ action, part, roles: among(on, roles) }] : [];
  });
}

/** The roles that some requests change, each once. */
export const rolesIn = (changes: readonly RoleChange[]): Role[] => [...new Set(changes.flatMap(({ roles }) => roles))];

const among = (resources: readonly Text[], roles: readonly Role[]): Role[] => [...new Set(resources.flatMap((resource) => {
  const role = roleWithArn(resource, roles);
  return role ? [role] : roles.filter(({ arn }) => equal(arn, resource) !== 'no');
}))];

const PODS = 'pods.eks.amazonaws.com';
const INSTANCES = 'ec2.amazonaws.com';

/**
 * Whether a service may act with a role, such as one that runs a function: with higher permissions, it could change anything. The questions are about pods and nodes
 * themselves, but not about other instances.
 */
export function mayBeOfService({ arn, trustPolicy }: Role, { nodegroups }: Model): boolean {
  const isOfNodes = nodegroups.some(({ roleArn }) => equal(roleArn, arn) === 'yes');
  const isAsked = (service?: string) => service === PODS || (service === INSTANCES && isOfNodes);
  return mayTrustOthers(trustPolicy, ({ principals }) => principals !== undefined && !principals.negated
    && principals.principals.every(({ kind, name: { literal } }) => kind !== 'Service' || isAsked(literal)));
}
