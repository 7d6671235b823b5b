import { actionsThatChangeAccess, servicesChangedBy } from './access-changes';
import { resourcesAllowedTo } from './allowed-requests';
import { rolesReachedBy } from './reached-roles';
import { Findings } from '../findings/findings';
import { GapScope } from '../findings/gap';
import { Actor, Model, Role } from '../model/model';
import { ANY_SERVICE } from '../model/resources/unread-types';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** What can be changed, and with which requests. */
interface Change {
  readonly scope: GapScope;
  readonly why: string;
}

/** Adds a finding for each actor that can change who may do what, because its code is not read. */
export function findChanges(model: Model, findings: Findings): void {
  const ofRoles = new Map<Role, Change[]>();
  const changesWith = (role: Role): Change[] => {
    const changes = ofRoles.get(role) ?? changesOf(role, model);
    ofRoles.set(role, changes);
    return changes;
  };
  for (const actor of model.actors) {
    for (const { scope, why } of changesBy(actor, model, changesWith)) {
      findings.addGap(actor.id, `${actor.what} can change access: ${why}`, actor.place, scope);
    }
  }
}

function changesBy(actor: Actor, model: Model, changesWith: (role: Role) => Change[]): Change[] {
  if (actor.actions) {
    const actions = actor.actions.filter((action) => servicesChangedBy(action).length > 0);
    return actions.length > 0 ? [{ scope: scopeOf(actions), why: `it requests ${actions.join(', ')}` }] : [];
  }
  const { roles, other } = rolesReachedBy(actor, model);
  return other ? [{ scope: 'everything', why: other }] : [...roles.flatMap(changesWith), ...clustersOf(roles, model)];
}

function changesOf(role: Role, { resources }: Model): Change[] {
  const asked = actionsThatChangeAccess().map((action) => ({ action, on: resourcesAllowedTo(role, action, resources) }));
  const allowed = asked.filter(({ on }) => on.length > 0);
  if (allowed.length === 0) {
    return [];
  }
  const on = [...new Map(allowed.flatMap((request) => request.on).map((resource) => [resource.key, resource])).values()];
  const [first, ...others] = allowed.map(({ action }) => action);
  const requests = others.length > 0 ? `${first} and ${others.length} other such requests` : first;
  return [{ scope: scopeOf([first, ...others], on), why: `its code is not read, and role ${role.label} may request ${requests}` }];
}

function scopeOf(actions: readonly string[], resources?: readonly Text[]): GapScope {
  const services = [...new Set(actions.flatMap(servicesChangedBy))];
  return services.includes(ANY_SERVICE) ? 'everything' : { services, ...resources && { resources } };
}

/** Kubernetes objects decide about credentials, too. */
const clustersOf = (roles: readonly Role[], { accessEntries }: Model): Change[] => accessEntries.flatMap(({ cluster, principalArn }) => {
  const role = roles.find(({ arn }) => equal(arn, principalArn) !== 'no');
  return role ? [{ scope: { cluster }, why: `its code is not read, and role ${role.label} may call the Kubernetes API of cluster ${cluster}` }] : [];
});
