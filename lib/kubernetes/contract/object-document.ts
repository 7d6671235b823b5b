/**
 * JSON, and the values that only CloudFormation knows. The function inserts them after it has parsed the JSON, so that no value can change
 * its surroundings.
 */
export interface ObjectDocument {
  readonly Json: string;
  readonly Values?: PlacedValue[];
}

/** The same with compressed JSON. The values are not compressed, because CloudFormation resolves them. */
export interface CompressedDocument {
  /** The JSON, compressed with gzip and encoded with base64. */
  readonly Gzip: string;
  readonly Values?: PlacedValue[];
}

/** An object in the properties of the custom resource: JSON, JSON with values, or compressed. */
export type ObjectEntry = string | ObjectDocument | CompressedDocument;

/**
 * A value that is known only at deployment. An entry without a value was `AWS::NoValue`: the function removes its place, or leaves out its
 * key.
 */
export interface PlacedValue {
  /** A JSON pointer (RFC 6901) to the place of the value, or, with `Key`, to the map that gets the key. */
  readonly Path: string;
  readonly Key?: string;
  readonly Value?: string | string[];
  /** CloudFormation turns every number of a custom resource into a string. */
  readonly Number?: string;
  /** A branch of `Fn::If`. */
  readonly Document?: ObjectDocument;
}

/** The same as the construct writes it, before CloudFormation resolves it. */
export type InTemplate<T> = { readonly [K in keyof T]: unknown };
