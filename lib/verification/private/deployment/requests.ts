import { AccessChange, actionsThatChangeAccess, changeBy } from './access-changes';
import { Granting, resourcesAllowedTo } from './allowed-requests';
import { roleOfFunction, roleWithArn } from './program-role';
import { taggedServices } from './tagged-services';
import { Actor } from '../model/actor';
import { Model, Role } from '../model/model';
import { Text } from '../values/text';

/** A request that can change access. */
export interface Allowed {
  readonly action: string;
  readonly change: AccessChange;
  /** The resources on which it is allowed; empty if that is not known. */
  readonly on: readonly Text[];
}

/** The requests that can change access. */
export class Requests {
  private readonly tagged: ReadonlySet<string>;
  /** All, with what each can change. */
  private readonly changing: ReadonlyArray<Pick<Allowed, 'action' | 'change'>>;
  private readonly ofRoles = new Map<Role, readonly Allowed[]>();

  constructor(private readonly model: Model, private readonly granting: Granting) {
    this.tagged = taggedServices(model);
    this.changing = this.withChanges(actionsThatChangeAccess());
  }

  /** Those that a role may make. */
  of(role: Role): readonly Allowed[] {
    const known = this.ofRoles.get(role) ?? this.changing.map((one) => this.allowed(one, role)).filter(({ on }) => on.length > 0);
    this.ofRoles.set(role, known);
    return known;
  }

  /** Those that an actor is known to make, with its role or that of its function. Its own role must allow them. */
  ofCalls({ actions = [], functionArn, roleArn }: Actor): readonly Allowed[] {
    const role = functionArn ? roleOfFunction(functionArn, this.model) : roleArn && roleWithArn(roleArn, this.model.roles);
    return this.withChanges(actions).map((one) => this.allowed(one, role)).filter(({ on }) => functionArn || !role || on.length > 0);
  }

  private withChanges(actions: readonly string[]): Array<Pick<Allowed, 'action' | 'change'>> {
    return actions.flatMap((action) => {
      const change = changeBy(action, this.tagged);
      return change ? [{ action, change }] : [];
    });
  }

  private allowed({ action, change }: Pick<Allowed, 'action' | 'change'>, role?: Role): Allowed {
    return { action, change, on: role ? resourcesAllowedTo(role, action, this.granting) : [] };
  }
}
