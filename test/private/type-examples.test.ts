import { MEMBERS, STRUCTS } from '../../lib/private/props/property-types.generated';
import { EXAMPLES } from '../../lib/private/props/type-examples';

/** Those of the proof have messages of their own. */
const structs = Object.entries(STRUCTS).filter(([fqn]) => !fqn.startsWith('cdk-irsa.verification.'));
const listed = structs.flatMap(([, { properties }]) => Object.values(properties)).filter((type) => /\[\]\??$/.test(type)).map((type) => type.replace(/\[\]\??$/, ''));

test('each type of list elements that are no texts has an example, because people write a text or an id instead', () => {
  const types = [...new Set(listed)].filter((type) => type in MEMBERS || type in STRUCTS);
  expect(types.filter((type) => !(type in EXAMPLES))).toEqual([]);
  expect(types.length).toBeGreaterThan(10);
});

test('each example is for a type that is checked', () => {
  expect(Object.keys(EXAMPLES).filter((type) => !(type in MEMBERS) && !(type in STRUCTS))).toEqual([]);
});
