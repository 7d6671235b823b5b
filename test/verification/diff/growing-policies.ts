/** The statements of a policy, before and after a change. */
export type Compared = readonly [before: object[], after: object[]];

const names = (size: number, name: (i: number) => string) => Array.from({ length: size }, (_, i) => name(i));

/** A text grows with its digits. */
const padded = (i: number) => String(i).padStart(5, '0');

/** A statement of as many actions, resources, and values of each of three condition keys as given, and the same with one value more for each key. */
export function combinations(size: number): Compared {
  const statement = (values: number) => ({
    Effect: 'Allow',
    Action: names(size, (i) => `s3:Get${padded(i)}`),
    Resource: names(size, (i) => `arn:aws:s3:::bucket${padded(i)}/*`),
    Condition: { StringEquals: Object.fromEntries(names(3, (i) => `aws:PrincipalTag/tag${i}`).map((key) => [key, names(values, (i) => `value${padded(i)}`)])) },
  });
  return [[statement(size)], [statement(size + 1)]];
}

/** As many statements as given, of which none is in the other policy, and which differ in one element. */
export function differentStatements(size: number, statementOf: (name: string) => object): Compared {
  const differing = (side: string) => names(size, (i) => `${side}${padded(i)}`)
    .map((name) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statementOf(name) }));
  return [differing('old'), differing('new')];
}
