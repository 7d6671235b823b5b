/** What is known of a value that only the deployment knows. */
export interface UnknownOptions {
  /** How messages show it, as `Fn::Sub` writes it: `Bucket.Arn`. */
  readonly label: string;
  /** The characters that it never contains. @default '' */
  readonly excludes?: string;
  /** A group whose members all have different values, such as the names that CloudFormation gives to resources of a type. @default - none */
  readonly differsWithin?: string;
}

/** A text that only the deployment knows. Two of them with the same ID have the same value. */
export class Unknown {
  readonly label: string;
  readonly differsWithin?: string;
  private readonly excludes: string;

  constructor(readonly id: string, options: UnknownOptions) {
    this.label = options.label;
    this.excludes = options.excludes ?? '';
    this.differsWithin = options.differsWithin;
  }

  /** Whether the value may contain a character. */
  mayContain(character: string): boolean {
    return !this.excludes.includes(character);
  }

  /** Whether two values are known to be different. */
  differsFrom(other: Unknown): boolean {
    return this.id !== other.id && this.differsWithin !== undefined && this.differsWithin === other.differsWithin;
  }
}
