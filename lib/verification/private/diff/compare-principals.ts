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
  return [
    // a new workload is compared with its service account, whose pods had the same credentials
    ...after.principals.flatMap((principal) => {
      const known = old.get(keyIn(principal, principal.key)) ?? accountIn(old, principal);
      const isSecond = !known && principal.isNodes && [...old.values()]
        .some((other) => other.isNodes && keyIn(other, '') === keyIn(principal, '') && areEqual(other, principal, elsewhere));
      return isSecond ? [] : changesOf(principal.name, known, principal, elsewhere);
    }),
    ...before.principals.filter((principal) => !now.has(keyIn(principal, principal.key))).flatMap((principal) =>
      changesOf(principal.name, principal, accountIn(now, principal), elsewhere)),
  ];
}

const changesOf = (
  name: string, before: ComparedPrincipal | undefined, after: ComparedPrincipal | undefined, elsewhere: Elsewhere,
): Array<[string, Change]> => [
  ...compareAccess(sessionsIn(before), sessionsIn(after), elsewhere),
  ...compareOthers(before, after),
].map((change) => [name, change]);

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
