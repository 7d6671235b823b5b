import { ReachedRoles, rolesReachedBy, rolesReachedFrom } from './reached-roles';
import { Allowed, Requests } from './requests';
import { mayBeOfService, RoleChange, roleChanges, rolesIn } from './role-changes';
import { selectsRolesByTags } from './tagged-services';
import { Findings } from '../findings/findings';
import { GapScope, stackOf } from '../findings/gap';
import { mayBeAbout, onlyViews } from '../model/access-entry';
import { Actor } from '../model/actor';
import { Model, Role } from '../model/model';
import { ANY_SERVICE } from '../resource-types/resource-type';

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
    const scopes = new Map<string, GapScope>();
    for (const { why, scope } of changes.by(actor)) {
      scopes.set(why, scopes.has(why) ? 'everything' : scope); // the names of two roles can look the same
    }
    scopes.forEach((scope, why) => findings.addGap(actor.id, `${actor.what} can change access: ${why}`, actor.place, scope));
  }
}

class Changes {
  private readonly requests: Requests;
  private readonly reached: ReadonlyMap<Actor, ReachedRoles>;
  /** The ARNs of the roles of which any actor may have the credentials. */
  private readonly used: ReadonlySet<string>;

  constructor(private readonly model: Model) {
    this.requests = new Requests(model);
    this.reached = new Map(model.actors.map((actor) => [actor, actor.actions ? this.retrustedBy(actor) : rolesReachedBy(actor, model)]));
    this.used = new Set([...this.reached.values()].flatMap(({ roles }) => roles).map(({ arn }) => arn.key));
  }

  by(actor: Actor): Change[] {
    const calls = actor.actions && this.requests.ofCalls(actor);
    const { roles, other } = this.withChanged(calls ? this.changedBy(calls) : this.reached.get(actor)!);
    return other ? [{ scope: 'everything', why: other }] : [
      ...(calls ? this.changesBy(calls, (requests) => `it requests ${requests.map(({ action }) => action).join(', ')}`) : []),
      ...roles.flatMap((role) => this.changesBy(this.requests.of(role), (requests) => shownRequests(role, requests))),
      ...clustersOf(roles, actor, this.model),
    ];
  }

  /** Code that is not read may get the credentials of a role that a call makes trust something. */
  private retrustedBy(actor: Actor): ReachedRoles {
    return this.changedBy(this.requests.ofCalls(actor).filter(({ change }) => change.ofRole === 'trust'));
  }

  private changedBy(requests: readonly Allowed[]): ReachedRoles {
    return rolesReachedFrom(rolesIn(roleChanges(requests, this.model)), this.model);
  }

  /** With the roles that these may change, and what they lead to: what they may change changes, too. */
  private withChanged(all: ReachedRoles): ReachedRoles {
    const changed = all.roles.flatMap((role) => rolesIn(roleChanges(this.requests.of(role), this.model)));
    const added = changed.filter(({ arn }) => !all.roles.some((role) => role.arn.key === arn.key));
    return all.other || added.length === 0 ? all : this.withChanged(rolesReachedFrom([...all.roles, ...added], this.model));
  }

  private changesBy(requests: readonly Allowed[], say: (requests: ReadonlyArray<{ readonly action: string }>) => string): Change[] {
    const changes = roleChanges(requests, this.model);
    const others = requests.filter(({ action }) => !changes.some((change) => change.action === action));
    const among = changes.filter(({ roles }) => roles.length > 0);
    const [ofTrust, ofPermissions] = [among.filter(({ part }) => part === 'trust'), among.filter(({ part }) => part !== 'trust')];
    return [
      ...(others.length > 0 ? [{ scope: scopeOf(others), why: say(others) }] : []),
      ...(ofTrust.length > 0 ? [{ scope: { part: 'trust' as const, roles: rolesIn(ofTrust) }, why: `${say(ofTrust)} for ${shownRoles(rolesIn(ofTrust))}` }] : []),
      ...(ofPermissions.length > 0 ? [this.ofPermissions(ofPermissions, `${say(ofPermissions)} for ${shownRoles(rolesIn(ofPermissions))}`)] : []),
    ];
  }

  /** What acts by itself with a role that is changed can change anything with it. */
  private ofPermissions(changes: readonly RoleChange[], why: string): Change {
    const roles = rolesIn(changes);
    const used = roles.find((one) => this.used.has(one.arn.key) || mayBeOfService(one, this.model));
    const isSelection = changes.some(({ part }) => part === 'tags') && selectsRolesByTags(this.model);
    return used ? { scope: 'everything', why: `${why}, and something else than pods and nodes may act with role ${used.label}` }
      : isSelection ? { scope: 'everything', why: `${why}, and policies decide by such tags who may get a role` }
        : { scope: { part: 'permissions', roles }, why };
  }
}

const shownRoles = (roles: readonly Role[]): string => `${roles.length > 1 ? 'roles' : 'role'} ${roles.map(({ label }) => label).join(', ')}`;

function shownRequests({ label }: Role, [{ action }, ...others]: ReadonlyArray<{ readonly action: string }>): string {
  return `its code is not read, and role ${label} may request ${others.length > 0 ? `${action} and ${others.length} other such requests` : action}`;
}

/** What requests can change. Without resources, they can be about any. */
function scopeOf(requests: readonly Allowed[]): GapScope {
  const services = [...new Set(requests.flatMap(({ change }) => change.services))];
  if (services.includes(ANY_SERVICE)) {
    return 'everything';
  }
  const resources = [...new Map(requests.flatMap(({ on }) => on).map((resource) => [resource.key, resource])).values()];
  return requests.every(({ change, on }) => change.isOfResource && on.length > 0) ? { services, resources } : { services };
}

/** Kubernetes objects decide about credentials, too. What a capability applies with its own access entry is read. */
function clustersOf(roles: readonly Role[], { place: own }: Actor, { accessEntries }: Model): Change[] {
  const others = accessEntries.filter(({ place }) => place.logicalId !== own.logicalId || stackOf(place) !== stackOf(own));
  const found = others.filter((entry) => !onlyViews(entry)).flatMap((entry) => {
    const { cluster } = entry;
    const role = roles.find((one) => mayBeAbout(entry, one));
    return role ? [{ scope: { cluster }, why: `its code is not read, and role ${role.label} may call the Kubernetes API of cluster ${cluster}` }] : [];
  });
  return [...new Map(found.map((change) => [`${change.scope.cluster.key} ${change.why}`, change])).values()];
}
