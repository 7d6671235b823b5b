import { matchesAction } from './matches-action';
import { parsePolicy } from './parse-policy';
import { Policy } from './policy';
import { mayAllowService } from './services-of-policy';
import { Statement } from './statement';
import { Interned } from '../values/interned';
import { Text } from '../values/text';
import { withUnknowns } from '../values/wildcards';

/** A resource that policies could allow an action on, and a statement that says so; undefined if it is in a policy that cannot be read. */
export interface Candidate {
  readonly resource: Text;
  readonly statement?: Statement;
}

/**
 * Resources that stand for all that policies could allow an action on: the patterns of their `Allow` statements, with something unknown in place of
 * each wildcard. An action that all of them deny is allowed on no resource.
 */
export function candidateResources(policies: readonly Policy[], action: string): readonly Candidate[] {
  const service = action.split(':', 1)[0].toLowerCase();
  return policies.some((policy) => mayAllowService(policy, service)) ? known.of([policies, action], () => findCandidates(policies, action)) : NONE;
}

const known = new Interned<readonly Candidate[]>();
const NONE: readonly Candidate[] = [];

function findCandidates(policies: readonly Policy[], action: string): Candidate[] {
  const statements = policies.flatMap((policy) => parsePolicy(policy, 'identity').statements);
  const unreadable = policies.some((policy) => parsePolicy(policy, 'identity').problems.length > 0) || statements.some(({ problems }) => problems.length > 0);
  const patterns = statements.filter((statement) => statement.effect !== 'Deny' && matchesAction(statement, action) !== 'no').flatMap((statement) =>
    resourcesOf(statement).map((pattern): Candidate => ({ resource: withUnknowns(pattern), statement })));
  const candidates = [...patterns, ...(unreadable ? [{ resource: withUnknowns(ANY) }] : [])];
  return [...new Map(candidates.map((candidate) => [candidate.resource.key, candidate])).values()];
}

const ANY = Text.of('*');

const resourcesOf = ({ resources }: Statement): readonly Text[] => (!resources || resources.negated ? [ANY] : resources.values);
