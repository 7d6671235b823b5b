/** Where something is in the templates. */
export interface AccessPlace {
  /** The file of the template, or the name under which it was passed. */
  readonly template: string;
  readonly logicalId: string;
  /**
   * The path below the resource, such as `Properties.Policies[0].PolicyDocument`.
   * @default - the whole resource
   */
  readonly path?: string;
  /**
   * The path of the construct.
   * @default - the template does not have it
   */
  readonly constructPath?: string;
}

/** A reason for a decision: a sentence, its place in the templates, and the reasons that it follows from. */
export interface AccessReason {
  readonly what: string;
  /** @default - it has no single place in the templates */
  readonly place?: AccessPlace;
  /** @default - nothing else */
  readonly because?: AccessReason[];
}

/** Something that you should know about the templates, or about a principal. */
export interface AccessFinding {
  /** A stable name of the kind of finding, such as `unreadable-trust-policy`. */
  readonly id: string;
  readonly message: string;
  /** @default - it has no place in the templates */
  readonly place?: AccessPlace;
}
