import { ControllerTable } from './controller-table';
import { caseOf, firstThatIs } from './decisions';
import { undocumentedIn } from './documented';
import { Place, PLACES } from './place';
import { policiesOf, sharedPoliciesOf } from './role-policies';
import { looser, tighter } from './variants';
import { judge } from '../local-aws/judge';
import { describeWithPython } from '../local-aws/python-program';
import { ours } from '../verification/second-opinion/ours';

/** Checks that a policy allows exactly what its table says. */
export function describeController(name: string, table: ControllerTable): void {
  describe.each(PLACES)(`${name} in $partition`, (place) => {
    const statements = policiesOf(table, place).flatMap(({ Statement }) => Statement);
    const calls = { ALLOWED: table.allowed(place), DENIED: table.denied(place) };
    const cases = (['ALLOWED', 'DENIED'] as const).flatMap((expected) => calls[expected].map((call) => (
      { what: call.what, expected, one: caseOf(call, statements, place) })));

    test('is allowed each call that it makes, and denied each call that an attacker would try', () => {
      expect(cases.length).toBeGreaterThan(1);
      expect(cases.map(({ what, one }) => [what, ours(one).outcome])).toEqual(cases.map(({ what, expected }) => [what, expected]));
    });

    describeWithPython('according to the evaluator of the local AWS', () => {
      test('is allowed and denied the same', async () => {
        const verdicts = await judge(cases.map(({ one }) => one));
        const answers = verdicts.map(({ decision, error }, i) => [cases[i].what, decision ?? error]);
        expect(answers).toEqual(cases.map(({ what, expected }) => [what, expected]));
      });
    });

    test('uses only actions, resources and condition keys that AWS documents', async () => {
      expect(await undocumentedIn(statements, table.onAll)).toEqual([]);
    });
  });

  // the partitions differ in names only
  describe(`${name} without one of its parts`, () => {
    const [place] = PLACES;
    const statements = policiesOf(table, place).flatMap(({ Statement }) => Statement);
    const [makes, tries] = [table.allowed(place), table.denied(place)];

    test('is denied a call that it makes, if that is an action or a resource', () => {
      expect(tighter(statements).filter((variant) => !firstThatIs('DENIED', makes, variant.statements, place)).map(({ without }) => without)).toEqual([]);
    });

    test('is allowed a call of an attacker, if that is a condition or a limit to resources', () => {
      expect(looser(statements).filter((variant) => !firstThatIs('ALLOWED', tries, variant.statements, place)).map(({ without }) => without)).toEqual([]);
    });
  });

  test(`${name} is allowed and denied the same if clusters share its role with EKS Pod Identity`, () => {
    expect(unlike(table, PLACES[0])).toEqual([]);
  });
}

/** The calls on which the decision is another one if several clusters share the role. */
function unlike(table: ControllerTable, place: Place): string[] {
  const [alone, shared] = [policiesOf(table, place), sharedPoliciesOf(table, place)]
    .map((documents) => documents.flatMap(({ Statement }) => Statement));
  const calls = [...table.allowed(place), ...table.denied(place)]
    .map((call) => ({ ...call, context: { ...call.context, 'aws:PrincipalTag/eks-cluster-name': place.clusterName } }));
  return calls.filter((call) => ours(caseOf(call, shared, place)).outcome !== ours(caseOf(call, alone, place)).outcome).map(({ what }) => what);
}
