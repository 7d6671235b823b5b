import { Findings } from './findings';
import { UnreadPolicy } from './model';
import { SHARE, sharedServices } from './resource-shares';
import { StackResource, StackResources } from './stack-resources';
import { ANY_SERVICE, UnreadType, unreadType } from './unread-types';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';

/** The permissions of the templates that are not read, each with a finding: what they allow is not known. */
export const readUnreadPolicies = (resources: StackResources, findings: Findings): UnreadPolicy[] => resources.all.flatMap((resource) => {
  const unread = unreadOf(resource);
  if (!unread) {
    return [];
  }
  const { services, of = [] } = unread;
  const [what, place] = [`the permissions of ${resource.logicalId}, of type ${resource.type}, are not read`, resource.place()];
  findings.add('unread-policy', `${what}: they can allow actions of ${services.includes(ANY_SERVICE) ? 'any service' : services.join(' and ')}`, place);
  return [{ services, of, what, place }];
});

function unreadOf(resource: StackResource): Pick<UnreadType, 'services' | 'of'> | undefined {
  const type = unreadType(resource.type);
  if (!type || !hasPolicy(resource, type)) {
    return undefined;
  }
  return resource.type === SHARE ? shared(resource) : type;
}

/** Of the resources whose ARNs are known, AWS RAM shares parameters. @see https://docs.aws.amazon.com/ram/latest/userguide/shareable.html */
function shared(share: StackResource): Pick<UnreadType, 'services' | 'of'> {
  const services = sharedServices(share);
  return { services, of: services.some((service) => [ANY_SERVICE, 'ssm'].includes(service)) ? ['AWS::SSM::Parameter'] : [] };
}

const hasPolicy = (resource: StackResource, { properties = [] }: UnreadType) =>
  properties.length === 0 || properties.some((path) => valuesAt(resource.property(), path).length > 0);

/** The values along keys, of each item where there is a list. */
function valuesAt(value: Resolved, [name, ...rest]: readonly string[]): Resolved[] {
  if (name === undefined) {
    return listOf(value);
  }
  return listOf(value).flatMap((item) => (item instanceof ResolvedMap ? valuesAt(item.get(name), rest) : []));
}
