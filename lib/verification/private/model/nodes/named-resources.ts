import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { StackResource } from '../stack-resource';

/** Where a name is unique: that of a role in an account, that of a launch template in an account and a Region. */
type Scope = 'account' | 'region';

/** Resources that others reference, by each of their names and IDs. */
export class NamedResources {
  private readonly byName = new Map<string, Set<StackResource>>();

  constructor(private readonly scope: Scope, resources: readonly StackResource[], namesOf: (resource: StackResource) => readonly Resolved[]) {
    for (const resource of resources) {
      for (const { key } of namesOf(resource).filter((name) => name instanceof Text)) {
        this.byName.set(key, (this.byName.get(key) ?? new Set()).add(resource));
      }
    }
  }

  /** The resource with a name, for a resource that references it. Two accounts can each have one with this name. */
  find(name: Text, user: StackResource): StackResource | undefined {
    const [found, ...others] = [...this.byName.get(name.key) ?? []].filter((resource) => this.isNear(resource, user));
    return others.length > 0 ? undefined : found;
  }

  private isNear(one: StackResource, other: StackResource): boolean {
    const isSame = (parameter: 'AccountId' | 'Region') => one.pseudoParameter(parameter).key === other.pseudoParameter(parameter).key;
    return isSame('AccountId') && (this.scope === 'account' || isSame('Region'));
  }
}
