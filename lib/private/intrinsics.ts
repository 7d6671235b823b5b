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

/** The literal and intrinsic parts of a resolved string. */
export function partsOf(value: string | Intrinsic): (string | Intrinsic)[] {
  const [delimiter, parts] = typeof value === 'string' ? [] : value['Fn::Join'] ?? [];
  return delimiter === '' && Array.isArray(parts) ? parts : [value];
}

/** Whether the value is a pseudo parameter, such as `AWS::Partition`: only AWS determines it, so it needs no escaping. */
export const isPseudoParameter = (value: Intrinsic): boolean => typeof value.Ref === 'string' && value.Ref.startsWith('AWS::');
