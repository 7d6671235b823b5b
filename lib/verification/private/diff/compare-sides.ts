import { Change } from './change';
import { compareClusterAccess } from './compare-cluster-access';
import { compareFindings } from './compare-findings';
import { comparePrincipals } from './compare-principals';
import { compareResourcePolicies } from './compare-resource-policies';
import { compareRoles } from './compare-roles';
import { compareSettings } from './compare-settings';
import { compareWays } from './compare-ways';
import { Difference, differencesOf } from './difference';
import { Elsewhere } from './elsewhere';
import { ifKept } from './kept';
import { Side } from './side';

type ChangeOf = [subject: string, change: Change];

/** Who gained and who lost what between two assemblies, each of which has a side for each assignment of its conditions. */
export function compareSides(before: readonly Side[], after: readonly Side[]): Difference[] {
  const pairs = pairsOf(before, after);
  return differencesOf(withConditions(pairs.map(([old, now]) => ({ label: now.label || old.label, changes: changesBetween(old, now) }))));
}

function changesBetween(before: Side, after: Side): ChangeOf[] {
  const elsewhere = new Elsewhere([before, after]);
  const changes = [
    ...comparePrincipals(before, after, elsewhere),
    ...compareRoles(before, after, elsewhere),
    ...compareResourcePolicies(before, after),
    ...compareSettings(before, after),
    ...compareClusterAccess(before, after),
    ...compareWays(before, after),
  ];
  const shown = changes.map(([subject, change]): ChangeOf => [subject, ifKept(change, before, after)]);
  return [...shown, ...compareFindings(before, after, changes.map(([, change]) => change))];
}

/** Branches of the same conditions; an assignment that only one assembly has is compared with all of the other. */
function pairsOf(before: readonly Side[], after: readonly Side[]): Array<[Side, Side]> {
  const isOf = (sides: readonly Side[]) => ({ label }: Side) => sides.some((side) => side.label === label);
  return before.flatMap((old) => after
    .filter((now) => old.label === now.label || !isOf(before)(now) || !isOf(after)(old))
    .map((now): [Side, Side] => [old, now]));
}

/** Adds the conditions to changes that not all branches have. */
function withConditions(branches: ReadonlyArray<{ readonly label: string; readonly changes: readonly ChangeOf[] }>): ChangeOf[] {
  const labels = new Map<string, { of: ChangeOf; labels: string[] }>();
  for (const { label, changes } of branches) {
    for (const of of changes) {
      const key = JSON.stringify(of);
      const known = labels.get(key) ?? { of, labels: [] };
      labels.set(key, known);
      known.labels.push(label);
    }
  }
  return [...labels.values()].map(({ of: [subject, change], labels: found }) =>
    [subject, found.length >= branches.length ? change : { ...change, what: `${change.what} (where ${[...new Set(found)].join('; or ')})` }]);
}
