/** An intrinsic function of CloudFormation, such as `{ Ref: 'Title' }`. */
export interface Intrinsic { readonly [name: string]: any }

/** What a value will be once CloudFormation has resolved it. */
export type IntrinsicType = 'string' | 'number' | 'string-list';

/** With it the CDK tells the result of a token from data of the same shape, and which type the token had. */
const TYPE_HINT = Symbol.for('@aws-cdk/core.resolvedTypeHint');
/** The CDK stores a key that is an intrinsic under this prefix, as `[key, value]`. See `ResolveChangeContextOptions.allowIntrinsicKeys`. */
const INTRINSIC_KEY = '$IntrinsicKey$';

/** Whether a resolved value is an intrinsic function; data that looks like one is not. */
export const isIntrinsic = (value: unknown): value is Intrinsic => looksLikeIntrinsic(value) && typeOf(value) !== undefined;

/** Whether a value has the shape of an intrinsic function: CloudFormation takes data of that shape for one. */
export function looksLikeIntrinsic(value: unknown): value is Intrinsic {
  const [name, ...others] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return others.length === 0 && (name === 'Ref' || name?.startsWith('Fn::'));
}

export const typeOf = (value: Intrinsic): IntrinsicType | undefined => (value as { [TYPE_HINT]?: IntrinsicType })[TYPE_HINT];

/** The entries of a resolved map, whose keys may be intrinsics. */
export function entriesOf(map: object): [key: string | Intrinsic, value: unknown][] {
  return Object.entries(map).map(([key, value]) => (key.startsWith(INTRINSIC_KEY) && isIntrinsic(value?.[0]) ? value : [key, value]));
}

/** The literal and intrinsic parts of a resolved string. */
export function partsOf(value: string | Intrinsic): (string | Intrinsic)[] {
  const [delimiter, parts] = typeof value === 'string' ? [] : value['Fn::Join'] ?? [];
  return delimiter === '' && Array.isArray(parts) ? parts : [value];
}

/** Whether only AWS decides what the value is, so that it is a plain word: a pseudo parameter, such as `AWS::Partition`. */
export const isPseudoParameter = (value: Intrinsic): boolean => typeof value.Ref === 'string' && value.Ref.startsWith('AWS::');
