import { distinct } from '../values/distinct';
import { behindOf, rolesBehind } from './principals/roles-behind';
import { otherCredentialsBy } from './principals/roles-in-cluster';
import { WayIntoCluster } from './principals/way-into-cluster';
import { waysWith } from './principals/ways-with';
import { AssignedModel } from '../assignments/assigned-model';
import { RoleOrWhy, roleOfProgram } from '../deployment/program-role';
import { Allowed, Requests } from '../deployment/requests';
import { mayBeOfService, RoleChange, roleChanges, rolesIn } from '../deployment/role-changes';
import { selectsRolesByTags } from '../deployment/tagged-services';
import { Findings } from '../findings/findings';
import { GapScope } from '../findings/gap';
import { Actor } from '../model/actor';
import { Model, Role } from '../model/model';
import { ReachedRoles, rolesReachedFrom } from '../reach/reached-roles';
import { ANY_SERVICE } from '../resource-types/resource-type';

/** What can be changed, and with which requests. */
interface Change {
  readonly scope: GapScope;
  readonly why: string;
}

/** Adds a finding for each actor that can change who may do what, because its code is not read. */
export function findChanges(assigned: AssignedModel, findings: Findings): void {
  const { actors } = assigned.model;
  if (actors.length === 0) {
    return;
  }
  const changes = new Changes(assigned);
  for (const actor of actors) {
    const scopes = new Map<string, GapScope>();
    for (const { why, scope } of changes.by(actor)) {
      scopes.set(why, scopes.has(why) ? 'everything' : scope); // the names of two roles can look the same
    }
    scopes.forEach((scope, why) => findings.addGap(actor.id, `${actor.what} can change access: ${why}`, actor.place, scope));
  }
}

class Changes {
  private readonly model: Model;
  private readonly requests: Requests;
  private readonly reached: ReadonlyMap<Actor, ReachedRoles>;
  /** The ARNs of the roles of which any actor may have the credentials. */
  private readonly used: ReadonlySet<string>;

  constructor(private readonly assigned: AssignedModel) {
    const { model } = assigned;
    this.model = model;
    this.requests = new Requests(model, assigned.roles.granting);
    this.reached = new Map(model.actors.map((actor) => [actor, actor.actions ? this.retrustedBy(actor) : this.reachedBy(actor)]));
    this.used = new Set([...this.reached.values()].flatMap(({ roles }) => roles).map(({ arn }) => arn.key));
  }

  by(actor: Actor): Change[] {
    const calls = actor.actions && this.requests.ofCalls(actor);
    const all = this.withChanged(calls ? this.changedBy(calls, actor) : this.reached.get(actor)!, actor);
    return all.other ? [{ scope: 'everything', why: all.other }] : [
      ...(calls ? this.changesBy(calls, (requests) => `${actor.areSeveral ? 'they request' : 'it requests'} ${requests.map(({ action }) => action).join(', ')}`) : []),
      ...all.roles.flatMap((role) => this.changesBy(this.requests.of(role), (requests) => shownRequests(role, requests))),
      ...this.changesOfClusters(all, actor),
    ];
  }

  private reachedBy(actor: Actor): ReachedRoles {
    const { functionArn, roleArn } = actor;
    const first = [...(functionArn ? [roleOfProgram(functionArn, this.model.programs)] : []), ...(roleArn ? [{ arn: roleArn }] : [])];
    return this.reachedFrom(first.length > 0 ? first : [{ unknown: 'the templates do not show what it runs' }], actor);
  }

  /** Also by the ways into clusters, and by those that they open in turn. */
  private reachedFrom(first: readonly RoleOrWhy[], actor: Actor): ReachedRoles {
    const all = rolesReachedFrom(first, this.assigned);
    const ways = all.other ? [] : this.waysOf(all, actor);
    const [other] = ways.flatMap((way) => [way, ...behindOf(way, this.assigned).ways.values()]).flatMap((way) => otherBy(way, this.assigned) ?? []);
    const added = [...new Set(ways.flatMap((way) => [...rolesBehind(way, this.assigned)]))].filter((role) => !all.roles.includes(role));
    return other ? { ...all, other } : added.length > 0 ? this.reachedFrom([...first, ...added], actor) : all;
  }

  /** Each once, because several credentials can have one way. */
  private changesOfClusters(all: ReachedRoles, actor: Actor): Change[] {
    const ways = this.waysOf(all, actor).filter(({ runsPods }) => runsPods);
    return [...new Map(ways.map((way) => [`${way.cluster.key} ${way.what}`, way])).values()]
      .map(({ cluster, what }) => ({ scope: { cluster }, why: `its code is not read, and in cluster ${cluster}, it might ${what}` }));
  }

  /** Kubernetes objects decide about credentials, too. What a capability applies with its own access entry is read. */
  private waysOf({ credentials }: ReachedRoles, { place }: Actor): WayIntoCluster[] {
    const ways = this.model.clusters.flatMap(({ id }) =>
      credentials.flatMap((one) => waysWith({ kind: 'role', role: one.role }, [one], id, this.assigned, place)));
    return ways.filter(({ onlyViews }) => !onlyViews);
  }

  /** Code that is not read may get the credentials of a role that a call makes trust something. */
  private retrustedBy(actor: Actor): ReachedRoles {
    return this.changedBy(this.requests.ofCalls(actor).filter(({ change }) => change.ofRole === 'trust'), actor);
  }

  private changedBy(requests: readonly Allowed[], actor: Actor): ReachedRoles {
    return this.reachedFrom(rolesIn(roleChanges(requests, this.model)), actor);
  }

  /** With the roles that these may change, and what they lead to: what they may change changes, too. Nothing has the credentials of both. */
  private withChanged(all: ReachedRoles, actor: Actor): ReachedRoles {
    const changed = all.roles.flatMap((role) => rolesIn(roleChanges(this.requests.of(role), this.model)));
    const added = changed.filter(({ arn }) => !all.roles.some((role) => role.arn.key === arn.key));
    if (all.other || added.length === 0) {
      return all;
    }
    const { roles, credentials, other } = this.reachedFrom(added, actor);
    return this.withChanged({ roles: [...new Set([...all.roles, ...roles])], credentials: [...all.credentials, ...credentials], other }, actor);
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

function otherBy(way: WayIntoCluster, assigned: AssignedModel): string | undefined {
  const other = otherCredentialsBy(way, assigned).find(({ only }) => !only)?.what; // those of single services change no access
  return other && `its code is not read, and it might ${way.what}, and so get ${other}`;
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
  const resources = distinct(requests.flatMap(({ on }) => on));
  return requests.every(({ change, on }) => change.isOfResource && on.length > 0) ? { services, resources } : { services };
}
