import { Assignment } from './assignment';
import { Resolver, ResolverAssumptions } from './resolver';
import { Assembly } from '../assembly/assembly';
import { writtenAt } from '../assembly/written-at';

/** More branches would take too long, and nobody would read an answer for each. */
const MOST = 64;

/** The properties that matter of resources, by type, each by the names that lead to it. Of a type with a property without names, everything matters. */
export type RelevantProperties = ReadonlyMap<string, ReadonlyArray<readonly string[]>>;

/** Everything about a resource. */
export const WHOLE: ReadonlyArray<readonly string[]> = [[]];

/**
 * The ways in which the conditions can turn out that matter to some properties of resources: one that is not complete if there are more than 64.
 *
 * @returns one assignment if no condition matters.
 */
export function assignmentsOf(assembly: Assembly, relevant: RelevantProperties, assumptions?: ResolverAssumptions): Assignment[] {
  if (assembly.templates.every(({ body }) => Object.keys(body.Conditions).length === 0)) {
    return [Assignment.UNDECIDED];
  }
  const complete: Assignment[] = [];
  const rest = [Assignment.UNDECIDED];
  for (let assignment = rest.pop(); assignment; assignment = rest.pop()) {
    const atom = undecidedIn(new Resolver(assembly, assignment, assumptions), relevant);
    if (atom) {
      rest.push(assignment.with(atom, false), assignment.with(atom, true));
    } else {
      complete.push(assignment);
    }
    if (complete.length + rest.length > MOST) {
      return [Assignment.incomplete(MOST)];
    }
  }
  return complete;
}

/** The first comparison that matters to a resource, and that the assignment of the resolver does not decide. */
function undecidedIn(resolver: Resolver, relevant: RelevantProperties) {
  for (const template of resolver.assembly.templates) {
    for (const [logicalId, { Type, Properties }] of Object.entries(template.body.Resources)) {
      const paths = relevant.get(Type) ?? [];
      const isWhole = paths.some(({ length }) => length === 0);
      const values = paths.flatMap((path) => writtenAt(Properties, path));
      if ((isWhole || values.length > 0) && resolver.exists(template, logicalId)) {
        values.forEach((value) => resolver.resolve(template, value));
        if (isWhole) {
          resolver.arnOf(template, logicalId);
        }
      }
      if (resolver.undecided) {
        return resolver.undecided;
      }
    }
  }
  return undefined;
}
