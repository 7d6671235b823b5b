import { AccessChange, actionsThatChangeAccess, changeBy } from './access-changes';
import { resourcesAllowedTo } from './allowed-requests';
import { rolesReachedBy } from './reached-roles';
import { taggedServices } from './tagged-services';
import { Findings } from '../findings/findings';
import { GapScope } from '../findings/gap';
import { Actor, Model, Role } from '../model/model';
import { ANY_SERVICE } from '../resource-types/resource-type';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** What can be changed, and with which requests. */
interface Change {
  readonly scope: GapScope;
  readonly why: string;
}

/** Adds a finding for each actor that can change who may do what, because its code is not read. */
export function findChanges(model: Model, findings: Findings): void {
  if (model.actors.length === 0) {
    return;
  }
  const changes = new Changes(model);
  for (const actor of model.actors) {
    for (const { scope, why } of changes.by(actor)) {
      findings.addGap(actor.id, `${actor.what} can change access: ${why}`, actor.place, scope);
    }
  }
}

/** A request, and the resources on which it is allowed. */
interface Allowed {
  readonly action: string;
  readonly change: AccessChange;
  readonly on: readonly Text[];
}

class Changes {
  private readonly tagged: ReadonlySet<string>;
  private readonly ofRoles = new Map<Role, Change[]>();

  constructor(private readonly model: Model) {
    this.tagged = taggedServices(model);
  }

  by(actor: Actor): Change[] {
    if (actor.actions) {
      const requests = actor.actions.flatMap((action) => this.allowed(action, []));
      return requests.length > 0 ? [{ scope: scopeOf(requests, false), why: `it requests ${requests.map(({ action }) => action).join(', ')}` }] : [];
    }
    const { roles, other } = rolesReachedBy(actor, this.model);
    return other ? [{ scope: 'everything', why: other }] : [...roles.flatMap((role) => this.with(role)), ...clustersOf(roles, this.model)];
  }

  private with(role: Role): Change[] {
    const known = this.ofRoles.get(role) ?? this.found(role);
    this.ofRoles.set(role, known);
    return known;
  }

  private found(role: Role): Change[] {
    const requests = actionsThatChangeAccess().flatMap((action) => this.allowed(action, resourcesAllowedTo(role, action, this.model.resources)))
      .filter(({ on }) => on.length > 0);
    if (requests.length === 0) {
      return [];
    }
    const [{ action }, ...others] = requests;
    const shown = others.length > 0 ? `${action} and ${others.length} other such requests` : action;
    return [{ scope: scopeOf(requests, true), why: `its code is not read, and role ${role.label} may request ${shown}` }];
  }

  private allowed(action: string, on: readonly Text[]): Allowed[] {
    const change = changeBy(action, this.tagged);
    return change ? [{ action, change, on }] : [];
  }
}

/** @param knowsResources whether `on` has all resources of the requests. */
function scopeOf(requests: readonly Allowed[], knowsResources: boolean): GapScope {
  const services = [...new Set(requests.flatMap(({ change }) => change.services))];
  if (services.includes(ANY_SERVICE)) {
    return 'everything';
  }
  const resources = [...new Map(requests.flatMap(({ on }) => on).map((resource) => [resource.key, resource])).values()];
  return knowsResources && requests.every(({ change }) => change.isOfResource) ? { services, resources } : { services };
}

/** Kubernetes objects decide about credentials, too. */
const clustersOf = (roles: readonly Role[], { accessEntries }: Model): Change[] => accessEntries.flatMap(({ cluster, principalArn }) => {
  const role = roles.find(({ arn }) => equal(arn, principalArn) !== 'no');
  return role ? [{ scope: { cluster }, why: `its code is not read, and role ${role.label} may call the Kubernetes API of cluster ${cluster}` }] : [];
});
