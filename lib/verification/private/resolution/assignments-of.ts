import { Assignment, Atom } from './assignment';
import { Resolver, ResolverAssumptions } from './resolver';
import { SharedValues } from './shared-values';
import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';
import { writtenAt } from '../assembly/written-at';

/** More branches would take too long, and nobody would read an answer for each. */
export const MOST = 64;

/** The properties that matter of resources, by type, each by the names that lead to it. Of a type with a property without names, everything matters, and its metadata. */
export type RelevantProperties = ReadonlyMap<string, ReadonlyArray<readonly string[]>>;

/** Everything about a resource. */
export const WHOLE: ReadonlyArray<readonly string[]> = [[]];

/**
 * The ways in which the conditions can turn out that matter to some properties of resources: one that is not complete if there are more than 64.
 *
 * @param values what resolvers of the assembly share.
 * @returns one assignment if no condition matters.
 */
export function assignmentsOf(
  assembly: Assembly, relevant: RelevantProperties, assumptions?: ResolverAssumptions, values = new SharedValues(),
): Assignment[] {
  if (assembly.templates.every(hasNoConditions)) {
    return [Assignment.UNDECIDED];
  }
  const complete: Assignment[] = [];
  const rest = [Assignment.UNDECIDED];
  const conditional = new Set(relevantResources(assembly, relevant));
  for (let assignment = rest.pop(); assignment; assignment = rest.pop()) {
    const atom = undecidedIn(new Resolver(assembly, assignment, assumptions, values), conditional);
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

/** Whether nothing of a template can depend on a condition, also on one that it does not have. */
const hasNoConditions = ({ body }: Template): boolean => Object.keys(body.Conditions).length === 0
  && Object.values(body.Resources).every(({ Condition }) => Condition === undefined);

/** What matters of a resource. */
interface RelevantResource {
  readonly template: Template;
  readonly logicalId: string;
  readonly values: readonly unknown[];
  readonly isWhole: boolean;
}

const relevantResources = ({ templates }: Assembly, relevant: RelevantProperties): RelevantResource[] =>
  templates.flatMap((template) => Object.entries(template.body.Resources).flatMap(([logicalId, { Type, Properties, Metadata }]) => {
    const paths = relevant.get(Type) ?? [];
    const isWhole = paths.some(({ length }) => length === 0);
    const values = [...paths.flatMap((path) => writtenAt(Properties, path)), ...(isWhole ? [Metadata] : [])];
    return isWhole || values.length > 0 ? [{ template, logicalId, values, isWhole }] : [];
  }));

/**
 * The first comparison that matters to a resource, and that the assignment of the resolver does not decide.
 *
 * @param conditional the resources on which a condition may have an effect. Those that ask for none ask for none under any assignment, and are removed.
 */
function undecidedIn(resolver: Resolver, conditional: Set<RelevantResource>): Atom | undefined {
  for (const resource of conditional) {
    if (!resolver.asks(() => read(resolver, resource))) {
      conditional.delete(resource);
    }
    if (resolver.undecided) {
      return resolver.undecided;
    }
  }
  return undefined;
}

function read(resolver: Resolver, { template, logicalId, values, isWhole }: RelevantResource): void {
  if (resolver.exists(template, logicalId)) {
    values.forEach((value) => resolver.resolve(template, value));
    if (isWhole) {
      resolver.arnOf(template, logicalId);
    }
  }
}
