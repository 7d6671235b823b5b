import { Change } from './change';
import { compareAccess } from './compare-sessions';
import { Elsewhere } from './elsewhere';
import { sessionsOf } from './session';
import { Side, Somebody } from './side';

/** What changed for the pods and nodes of two assemblies, with the name of each. */
export function comparePrincipals(before: Side, after: Side, elsewhere: Elsewhere): Array<[string, Change]> {
  const [old, now] = [before, after].map(({ principals }) => new Map(principals.map((somebody) => [somebody.key, somebody])));
  return [
    // a new workload is compared with its service account, whose pods had the same credentials
    ...after.principals.flatMap((somebody) => changesOf(somebody.name, old.get(somebody.key) ?? old.get(somebody.accountKey ?? ''), somebody, elsewhere)),
    ...before.principals.filter(({ key }) => !now.has(key)).flatMap((somebody) => changesOf(somebody.name, somebody, now.get(somebody.accountKey ?? ''), elsewhere)),
  ];
}

const changesOf = (name: string, before: Somebody | undefined, after: Somebody | undefined, elsewhere: Elsewhere): Array<[string, Change]> => [
  ...compareAccess(sessionsIn(before), sessionsIn(after), elsewhere),
  ...compareOthers(before, after),
].map((change) => [name, change]);

const sessionsIn = (somebody?: Somebody) => sessionsOf(somebody?.reach.credentials ?? []);

/** What somebody might get besides, such as credentials of nodes that the templates do not show. */
function compareOthers(before?: Somebody, after?: Somebody): Change[] {
  const known = new Set(before?.reach.others.map(({ what }) => what));
  return (after?.reach.others ?? []).map(({ what, place }) =>
    ({ kind: 'UNKNOWN', what: `it is unknown which other credentials it gets: ${what}`, place, broadens: !known.has(what) }));
}
