/** What may be in a struct. */
export interface Struct {
  /** The structs of other libraries that it extends: a newer version of these may have more properties. */
  readonly inherited: readonly string[];
  /** The type of each property: a primitive or a fully qualified name, with `[]` for a list of it, `{}` for a map, and `?` if it is optional. */
  readonly properties: { readonly [name: string]: string };
}
