/** Where something is in the templates. */
export interface AccessPlace {
  /** The file of the template, or the name under which it was passed. */
  readonly template: string;
  /**
   * The nested stack, if several are made of the template, such as `App.template.json/Second`.
   * @default - only one stack is made of the template
   */
  readonly nestedStack?: string;
  /** The logical ID of the resource. */
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
  /** The sentence. */
  readonly what: string;
  /**
   * Where the templates say so.
   * @default - it has no single place in the templates
   */
  readonly place?: AccessPlace;
  /**
   * The reasons that it follows from.
   * @default - nothing else
   */
  readonly because?: AccessReason[];
}

/** Something that you should know about the templates, or about a principal. */
export interface AccessFinding {
  /** A stable name of the kind of finding, such as `unreadable-trust-policy`. */
  readonly id: string;
  /** A sentence about what was found, and about what to do. */
  readonly message: string;
  /**
   * Where it is in the templates.
   * @default - it has no place in the templates
   */
  readonly place?: AccessPlace;
}
