/** An intrinsic function of CloudFormation, such as `{ Ref: 'Title' }`. */
export interface Intrinsic { readonly [name: string]: any }

/** The type of a value after CloudFormation has resolved it. */
export type IntrinsicType = 'string' | 'number' | 'string-list';

/** The CDK uses it to distinguish a resolved token from data of the same shape, and to store the type of the token. */
const TYPE_HINT = Symbol.for('@aws-cdk/core.resolvedTypeHint');
/**
 * The CDK stores an entry whose key is an intrinsic function under a key with this prefix, as `[key, value]`. See
 * `ResolveChangeContextOptions.allowIntrinsicKeys`.
 */
const INTRINSIC_KEY = '$IntrinsicKey$';

/** Whether a resolved value is an intrinsic function, and not data that looks like one. */
export const isIntrinsic = (value: unknown): value is Intrinsic => looksLikeIntrinsic(value) && typeOf(value) !== undefined;

/** Whether a value has the shape of an intrinsic function: CloudFormation treats data of that shape as one. */
export function looksLikeIntrinsic(value: unknown): value is Intrinsic {
  const [name, ...others] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return others.length === 0 && (name === 'Ref' || name?.startsWith('Fn::'));
}

export const typeOf = (value: Intrinsic): IntrinsicType | undefined => (value as { [TYPE_HINT]?: IntrinsicType })[TYPE_HINT];

/** The entries of a resolved map, whose keys can be intrinsic functions. */
export function entriesOf(map: object): [key: string | Intrinsic, value: unknown][] {
  return Object.entries(map).map(([key, value]) => (key.startsWith(INTRINSIC_KEY) && isIntrinsic(value?.[0]) ? value : [key, value]));
}

/** The same map with other values. Its keys can be intrinsic functions. */
export function withValues(map: object, change: (key: string | Intrinsic, value: unknown) => unknown): object {
  const entries = entriesOf(map);
  return Object.fromEntries(Object.keys(map).map((stored, i) => {
    const [key, value] = entries[i];
    return [stored, typeof key === 'string' ? change(key, value) : [key, change(key, value)]];
  }));
}

/** The same choice between other values. */
export const withBranches = (choice: Intrinsic, change: (branch: any) => unknown): Intrinsic => {
  const [condition, ...branches] = choice['Fn::If'];
  return { 'Fn::If': [condition, ...branches.map(change)], [TYPE_HINT]: typeOf(choice) };
};

/** A string of several parts. */
export const joined = (parts: readonly (string | Intrinsic)[]): Intrinsic => ({ 'Fn::Join': ['', parts], [TYPE_HINT]: 'string' });

/** The literal and intrinsic parts of a resolved string. */
export function partsOf(value: string | Intrinsic): (string | Intrinsic)[] {
  const [delimiter, parts] = typeof value === 'string' ? [] : value['Fn::Join'] ?? [];
  return delimiter === '' && Array.isArray(parts) ? parts : [value];
}

/** The same text without `Fn::Sub`, whose literals are the author's. */
export function withoutSub(value: unknown): unknown {
  if (!looksLikeIntrinsic(value)) {
    return value;
  }
  const { 'Fn::Sub': text, 'Fn::If': choice } = value;
  if (choice) {
    return withBranches(value, withoutSub);
  }
  const parts = text === undefined ? partsOf(value) : partsOfSub(text);
  return parts.length > 1 || text !== undefined ? joined(parts.flatMap((part) => partsOf(withoutSub(part) as string | Intrinsic))) : value;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html */
function partsOfSub(text: string | [string, { readonly [name: string]: any }]): (string | Intrinsic)[] {
  const [body, variables] = typeof text === 'string' ? [text, {}] : text;
  return body.split(/(\$\{[^${}]*\})/).filter((piece) => piece !== '').map((piece) => {
    const [, escape, name] = /^\$\{(!?)(.*)\}$/.exec(piece) ?? [];
    if (name === undefined) {
      return piece;
    }
    return escape ? `\${${name}}` : Object.hasOwn(variables, name) ? variables[name] : referenceTo(name);
  });
}

/** What a name in `Fn::Sub` means that is not one of its variables. */
function referenceTo(name: string): Intrinsic {
  const dot = name.indexOf('.');
  return dot < 0 ? { Ref: name } : { 'Fn::GetAtt': [name.slice(0, dot), name.slice(dot + 1)] };
}

/** Whether the value is a pseudo parameter, such as `AWS::Partition`: only AWS determines it, so it needs no escaping. */
export const isPseudoParameter = (value: Intrinsic): boolean => typeof value.Ref === 'string' && value.Ref.startsWith('AWS::');
