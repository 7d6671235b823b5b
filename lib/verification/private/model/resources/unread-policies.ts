import { sharedBy } from './resource-shares';
import { Findings } from '../../findings/findings';
import { resourceType, typesWith } from '../../resource-types/declarations';
import { ANY_SERVICE, UnreadPermissions } from '../../resource-types/resource-type';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { sourceOf } from '../../values/source';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';
import { UnreadPolicy } from '../unread-policy';

/** The permissions of the templates that are not read, each with a finding: what they allow is not known. */
export const readUnreadPolicies = (resources: StackResources, findings: Findings): UnreadPolicy[] => resources.all.flatMap((resource) => {
  const unread = resource.once('unread policy', () => readUnread(resource, resources));
  if (!unread) {
    return [];
  }
  const { policy, services } = unread;
  const actions = `actions of ${services.includes(ANY_SERVICE) ? 'any service' : services.join(' and ')}`;
  findings.add('unread-policy', `${policy.what}: they can allow ${actions}`, policy.place, JSON.stringify(sourceOf(policy.content)));
  return [policy];
});

interface Unread extends Pick<UnreadPermissions, 'services'> {
  readonly policy: UnreadPolicy;
}

function readUnread(resource: StackResource, resources: StackResources): Unread | undefined {
  const unread = resourceType(resource.type)?.unread;
  const content = unread ? contentOf(resource, unread) : [];
  const permissions: UnreadPermissions = unread?.isShare ? { ...unread, ...sharedBy(resource, resources) } : unread ?? { services: [] };
  const { services, of = [], actions: only, onlyAllows } = permissions;
  if (content.length === 0 || services.length === 0) {
    return undefined;
  }
  const types = services.includes(ANY_SERVICE) && !unread?.isShare ? typesInNamespace(resource.type) : of;
  const [what, place] = [`the permissions of ${resource.logicalId}, of type ${resource.type}, are not read`, resource.place()];
  return { services, policy: { actions: only ?? services.map((service) => `${service}:*`), of: types, what, content, place, ...onlyAllows && { onlyAllows } } };
}

/** A policy of a type that is not known may be of any resource of its service. */
const typesInNamespace = (type: string): string[] => {
  const namespace = type.slice(0, type.lastIndexOf('::') + 2);
  return typesWith('format').flatMap(([one]) => (one.startsWith(namespace) ? [one] : []));
};

const contentOf = (resource: StackResource, { properties = [[]] }: UnreadPermissions): Resolved[] =>
  properties.flatMap((path) => valuesAt(resource.property(), path));

/** The values along keys, of each item where there is a list. What is not an object, such as the result of a macro, can have any values. */
function valuesAt(value: Resolved, [name, ...rest]: readonly string[]): Resolved[] {
  if (name === undefined) {
    return listOf(value);
  }
  return listOf(value).flatMap((item) => (item instanceof ResolvedMap ? valuesAt(item.get(name), rest) : [item]));
}
