import { Change } from './change';
import { compareAccess } from './compare-sessions';
import { Elsewhere } from './elsewhere';
import { sameClusters } from './same-clusters';
import { sessionsOf } from './session';
import { Side, ComparedPrincipal } from './side';

/** What changed for the pods and nodes of two assemblies, with the name of each. */
export function comparePrincipals(before: Side, after: Side, elsewhere: Elsewhere): Array<[string, Change]> {
  const clusters = sameClusters(before.model.clusters, after.model.clusters);
  const keyIn = ({ clusterKey }: ComparedPrincipal, key: string) => `${clusters.get(clusterKey) ?? clusterKey} ${key}`;
  const [old, now] = [before, after].map(({ principals }) => new Map(principals.map((principal) => [keyIn(principal, principal.key), principal])));
  const accountIn = (side: ReadonlyMap<string, ComparedPrincipal>, principal: ComparedPrincipal) =>
    (principal.accountKey === undefined ? undefined : side.get(keyIn(principal, principal.accountKey)));
  const accessOf = (principal: ComparedPrincipal): Array<[string, Change]> => {
    const known = old.get(keyIn(principal, principal.key)) ?? accountIn(old, principal);
    const isSecond = !known && isOfNodes(principal) && [...old.values()]
      .some((other) => isOfNodes(other) && keyIn(other, '') === keyIn(principal, '') && areEqual(other, principal, elsewhere));
    return isSecond ? [] : changesOf(principal.name, known, principal, elsewhere);
  };
  const shown = [
    // a new workload is compared with its service account, whose pods had the same credentials
    ...after.principals.filter(({ principal }) => principal).flatMap(accessOf),
    // one that is gone has lost what its service account has lost, and gained nothing
    ...before.principals.filter((one) => one.principal && !now.has(keyIn(one, one.key))).flatMap((principal) =>
      changesOf(principal.name, principal, accountIn(now, principal), elsewhere)).filter(([, { broadens }]) => !broadens),
  ];
  return [...shown, ...after.principals.filter(({ principal }) => !principal).reduce<Array<[string, Change]>>((found, principal) =>
    [...found, ...unlike([...shown, ...found], accessOf(principal))], [])];
}

/** The changes that others do not have, too. What is not known as before is not worth a line for somebody whom the templates do not show. */
function unlike(others: ReadonlyArray<[string, Change]>, changes: ReadonlyArray<[string, Change]>): Array<[string, Change]> {
  const known = new Set(others.map(([, { what }]) => what));
  return changes.filter(([, { what, kind, broadens }]) => !known.has(what) && (broadens || kind !== 'UNKNOWN'));
}

const changesOf = (
  name: string, before: ComparedPrincipal | undefined, after: ComparedPrincipal | undefined, elsewhere: Elsewhere,
): Array<[string, Change]> => [
  ...compareAccess(sessionsIn(before), sessionsIn(after), elsewhere),
  ...compareOthers(before, after),
].map((change) => [name, change]);

const isOfNodes = ({ principal }: ComparedPrincipal): boolean => principal?.kind === 'nodes';

/** Whether two nodegroups can do the same. */
const areEqual = (one: ComparedPrincipal, other: ComparedPrincipal, elsewhere: Elsewhere): boolean => [[one, other], [other, one]]
  .every(([wide, narrow]) => changesOf('', wide, narrow, elsewhere).every(([, { broadens }]) => !broadens));

const sessionsIn = (principal?: ComparedPrincipal) => sessionsOf(principal?.reach.credentials ?? []);

/** What somebody might get besides, such as credentials of nodes that the templates do not show. */
function compareOthers(before?: ComparedPrincipal, after?: ComparedPrincipal): Change[] {
  const known = new Set(before?.reach.others.map(({ what }) => what));
  return (after?.reach.others ?? []).map(({ what, place }) =>
    ({ kind: 'UNKNOWN', what: `it is unknown which other credentials it gets: ${what}`, place, broadens: !known.has(what) }));
}
