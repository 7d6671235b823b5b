import { Assignments } from '../assignments/assignments';
import { isInTemplates } from '../assignments/role-index';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { isOfAws } from '../policies/policy';
import { isAboutAll, Statement } from '../policies/statement';
import { Assignment } from '../resolution/assignment';
import { Interned } from '../values/interned';

const MOST = 4;

/** Something about a role. Those with one title are in one line. */
interface Said {
  readonly title: string;
  readonly name?: string;
}

/**
 * What roles can do, in a few words: the names of managed policies of AWS, what others allow by service, and what limits this. On which resources, and under
 * which conditions of statements, is left out. What only some conditions of the templates give has these.
 */
export function atAGlance(roles: readonly Role[], assignments: Assignments): string[] {
  const lines = new Map<string, Set<string>>();
  for (const role of new Map(roles.map((one) => [one.arn.key, one])).values()) {
    for (const [{ title, name }, when] of saidUnderAll(role, assignments)) {
      const key = JSON.stringify([title, when]);
      lines.set(key, new Set([...lines.get(key) ?? [], ...(name === undefined ? [] : [name])]));
    }
  }
  return [...lines].map(([key, names]) => lineOf(JSON.parse(key), [...names]));
}

const lineOf = ([title, when]: [string, string], names: readonly string[]): string =>
  [title, ...(names.length > 0 ? [`: ${names.slice(0, MOST).join(', ')}`] : []), ...(names.length > MOST ? [`, and ${names.length - MOST} more`] : []), when].join('');

/** What is said of a role, each once, and when it is so. A role outside the templates is the same under all assignments. */
const saidUnderAll = (role: Role, assignments: Assignments): ReadonlyArray<readonly [Said, string]> =>
  known.of([assignments, role.arn.key], () => findSaid(role, assignments));

const known = new Interned<ReadonlyArray<readonly [Said, string]>>();

function findSaid(role: Role, assignments: Assignments): ReadonlyArray<readonly [Said, string]> {
  const under = assignments.all.map(({ assignment, roles }) => ({ assignment, own: roles.holder(role.arn) })).filter(({ own }) => isInTemplates(own));
  const all = under.length > 0 ? under : [{ assignment: assignments.all[0].assignment, own: role }];
  const found = new Map<string, { said: Said; where: Assignment[] }>();
  for (const { assignment, own } of all) {
    for (const said of new Map(saidOf(own).map((one) => [JSON.stringify(one), one])).values()) {
      const key = JSON.stringify(said);
      found.set(key, { said, where: [...found.get(key)?.where ?? [], assignment] });
    }
  }
  return [...found.values()].map(({ said, where }) => [said, whenText(where, all.map(({ assignment }) => assignment))]);
}

function whenText(where: readonly Assignment[], all: readonly Assignment[]): string {
  if (where.length === all.length) {
    return '';
  }
  const label = Assignment.labelOfAll(where, all);
  return label === undefined ? ', under some conditions' : `, if ${label}`;
}

function saidOf({ policies, boundary }: Role): Said[] {
  const all = policies.map((policy) => parsePolicy(policy, 'identity'));
  const own = all.filter(({ policy }) => !isOfAws(policy)).flatMap(({ statements }) => statements);
  return [
    ...all.filter(({ policy, problems }) => isOfAws(policy) && problems.length === 0).map(({ policy: { name } }) => ({ title: name })),
    ...own.filter(({ effect }) => effect === 'Allow').flatMap(allowedBy),
    ...[...all, ...own].flatMap(({ problems }) => problems.map((why) => ({ title: `unknown: ${why}` }))),
    ...own.filter(({ effect }) => effect === 'Deny').flatMap(deniedBy),
    ...(boundary ? [{ title: `limited by permissions boundary ${boundary.name}` }] : []),
  ];
}

/** By service. */
const allowedBy = ({ actions }: Statement): Said[] => (actions?.values ?? []).map((action) => {
  const [service, name = '*'] = action.toString().split(':');
  return { title: actions?.negated ? `all but ${service}` : service, name };
});

function deniedBy({ actions, resources, conditions }: Statement): Said[] {
  const title = conditions?.length === 0 && isAboutAll({ resources }) ? 'denied' : 'denied in some cases';
  return (actions?.values ?? []).map((action) => ({ title, name: `${actions?.negated ? 'all but ' : ''}${action}` }));
}
