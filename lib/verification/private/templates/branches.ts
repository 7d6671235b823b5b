import { Assembly } from './assembly';
import { Branch } from './branch';
import { Resolver, ResolverAssumptions } from './resolver';

/** More branches would take too long, and nobody would read an answer for each. */
const MOST = 64;

/**
 * The ways in which the conditions can turn out that matter to resources of some types: one that is not complete if there are more than 64.
 *
 * @returns one branch if no condition matters.
 */
export function branchesOf(assembly: Assembly, resourceTypes: readonly string[], assumptions?: ResolverAssumptions): Branch[] {
  if (assembly.templates.every(({ body }) => Object.keys(body.Conditions).length === 0)) {
    return [Branch.UNDECIDED];
  }
  const complete: Branch[] = [];
  const rest = [Branch.UNDECIDED];
  for (let branch = rest.pop(); branch; branch = rest.pop()) {
    const atom = undecidedIn(new Resolver(assembly, branch, assumptions), resourceTypes);
    if (atom) {
      rest.push(branch.with(atom, false), branch.with(atom, true));
    } else {
      complete.push(branch);
    }
    if (complete.length + rest.length > MOST) {
      return [Branch.incomplete(MOST)];
    }
  }
  return complete;
}

/** The first comparison that matters to a resource, and that the branch of the resolver does not decide. */
function undecidedIn(resolver: Resolver, resourceTypes: readonly string[]) {
  for (const template of resolver.assembly.templates) {
    for (const [logicalId, { Type, Properties }] of Object.entries(template.body.Resources)) {
      if (resourceTypes.includes(Type) && resolver.exists(template, logicalId)) {
        resolver.resolve(template, Properties);
        resolver.arnOf(template, logicalId);
      }
      if (resolver.undecided) {
        return resolver.undecided;
      }
    }
  }
  return undefined;
}
