/** JSON, and the values that CloudFormation puts in once it is parsed, so that no value can change what is around it. */
export interface ObjectDocument {
  readonly Json: string;
  readonly Values?: PlacedValue[];
}

/** The same, with the JSON compressed. The values are not, because CloudFormation has to put them in. */
export interface CompressedDocument {
  /** The JSON in gzip, in base64. */
  readonly Gzip: string;
  readonly Values?: PlacedValue[];
}

/** How an object travels: as JSON, as JSON with values, or compressed. */
export type ObjectEntry = string | ObjectDocument | CompressedDocument;

/** A value that was known at deployment only. An entry without a value was `AWS::NoValue`: its place is removed, or its key left out. */
export interface PlacedValue {
  /** Where it belongs: a JSON pointer (RFC 6901), or with `Key` that of the map which gets the key. */
  readonly Path: string;
  readonly Key?: string;
  readonly Value?: string | string[];
  /** CloudFormation turns every number of a custom resource into a string. */
  readonly Number?: string;
  /** A branch of `Fn::If`. */
  readonly Document?: ObjectDocument;
}

/** The same as the construct writes it: CloudFormation has yet to resolve what is in it. */
export type InTemplate<T> = { readonly [K in keyof T]: unknown };
