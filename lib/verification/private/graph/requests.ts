import { Permission } from './permissions';
import { actionNames } from '../aws-data/actions';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { canBeAbout } from '../questions/asked-resource';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { ANY_RESOURCE, withUnknowns } from '../values/wildcards';

/** One of the requests that a permission is about. */
export interface Requested {
  readonly action: string;
  /** What stands for all resources that the permission names, with this pattern. */
  readonly resource: Text;
  readonly pattern: Text;
}

/** What a permission is about. */
export interface Requests {
  readonly requests: readonly Requested[];
  /** Whether these are all, and not examples. */
  readonly areAll: boolean;
}

/** Requests that nothing distinguishes are decided alike, so that some of them tell. */
const MOST_EXAMPLES = 6;

/** With more requests, a question about one of them is faster. */
const MOST_REQUESTS = 120;

/** All requests of a permission, or examples. */
export function requestsToAsk({ requested }: Permission, isUniform: boolean): Requests {
  const most = isUniform ? MOST_EXAMPLES : MOST_REQUESTS;
  const all: Requested[] = [];
  for (const { actions, resources } of requested) {
    const patterns = resources.negated ? [ANY] : resources.values;
    for (const action of namesOf(actions.negated ? [ANY] : actions.values)) {
      for (const pattern of patterns) {
        const resource = resources.negated ? ANY_RESOURCE : withUnknowns(pattern);
        if (!canBeAbout(action, resource)) {
          continue;
        }
        if (all.length === most) {
          return { requests: all, areAll: false };
        }
        all.push({ action, resource, pattern });
      }
    }
  }
  return { requests: all, areAll: true };
}

const ANY = Text.of('*');

/** Whether nothing but resources can distinguish the requests that a permission of a role is about. */
export const isUniform = ({ boundary, policies }: Role): boolean => boundary === undefined && policies.every((policy) => {
  const { statements, problems } = parsePolicy(policy, 'identity');
  return problems.length === 0 && statements.every(({ effect, problems: ofStatement }) => effect === 'Allow' && ofStatement.length === 0);
});

/** The actions that patterns match, the names without wildcards first. */
function* namesOf(patterns: readonly Text[]): Iterable<string> {
  const plain = patterns.flatMap(({ literal }) => (literal !== undefined && !/[*?]/.test(literal) ? [literal] : []));
  yield* plain;
  for (const pattern of patterns) {
    if (pattern.literal === undefined || /[*?]/.test(pattern.literal)) {
      yield* matching(pattern);
    }
  }
}

const matchingByKey = new Map<string, readonly string[]>();

/** The documented actions that a pattern matches, or might match. */
function matching(pattern: Text): readonly string[] {
  const known = matchingByKey.get(pattern.key);
  if (known) {
    return known;
  }
  const glob = Pattern.glob(pattern.toLowerCase());
  const service = /^[^:*?]+(?=:)/.exec(pattern.start)?.[0].toLowerCase();
  const candidates = service === undefined ? actionNames() : actionsOf(service);
  const found = candidates.filter((name) => glob.matches(Text.of(name.toLowerCase())) !== 'no');
  matchingByKey.set(pattern.key, found);
  return found;
}

let byService: ReadonlyMap<string, readonly string[]> | undefined;

function actionsOf(service: string): readonly string[] {
  byService ??= grouped();
  return byService.get(service) ?? [];
}

function grouped(): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of actionNames()) {
    const [service] = name.split(':');
    const group = groups.get(service) ?? [];
    groups.set(service, group);
    group.push(name);
  }
  return groups;
}
