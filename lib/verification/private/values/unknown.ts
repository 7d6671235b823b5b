import { GeneratedName } from './generated-name';

/** What is known of a value that only the deployment knows. */
export interface UnknownOptions {
  /** How messages show it, as `Fn::Sub` writes it: `Bucket.Arn`. */
  readonly label: string;
  /** The characters that it never contains. @default '' */
  readonly excludes?: string;
  /** The only values that it can have. @default - any */
  readonly values?: readonly string[];
  /** A group whose members all have different values, such as the names that CloudFormation gives to resources of a type. @default - none */
  readonly differsWithin?: string;
  /** Which name it is, if CloudFormation generates it. @default - none */
  readonly generatedName?: GeneratedName;
  /** Whether it stands for all that a part of a pattern matches, such as `*`. Messages then show its label as it is. @default false */
  readonly isOfPattern?: boolean;
  /** How to state the value, if it can be assumed: `parameters: { Stage: '…' }`. @default - none */
  readonly assumption?: string;
  /** The type of the resource that returns it, if nothing else is known of it. @default - none */
  readonly resourceType?: string;
  /** Whether it stands for what the proof does not read, such as the result of a macro, which can also be an object or a list. @default false */
  readonly isUnread?: boolean;
  /** What identifies the resource that returns it. @default - none */
  readonly resource?: string;
  /** The unknowns that it is made of. @default - none */
  readonly madeOf?: readonly Unknown[];
  /** The parts of the text that it is in Base64. @default - none */
  readonly encodes?: ReadonlyArray<string | Unknown>;
  /** Where AWS Secrets Manager or the Parameter Store has the value. @default - none */
  readonly storedAs?: StoredAs;
  /** Which parameter of a stack it is. @default - none */
  readonly parameter?: ParameterOfStack;
}

/** A parameter of a stack. */
export interface ParameterOfStack {
  readonly name: string;
  /** Whether it has no `NoEcho`, so that CloudFormation shows its value. */
  readonly isShown: boolean;
}

/** The name of a stored value, as a dynamic reference has it. */
export interface StoredAs {
  readonly service: 'secretsmanager' | 'ssm';
  /** The parts of the name, and of what follows it, such as the version. */
  readonly name: ReadonlyArray<string | Unknown>;
  /** Whether CloudFormation checks that the value is the ID of a resource, which is no secret. */
  readonly isId?: boolean;
}

/** A text that only the deployment knows. Two of them with the same ID have the same value. */
export class Unknown {
  readonly label: string;
  readonly values?: readonly string[];
  readonly differsWithin?: string;
  readonly generatedName?: GeneratedName;
  readonly isOfPattern: boolean;
  readonly assumption?: string;
  readonly resourceType?: string;
  readonly isUnread: boolean;
  readonly resource?: string;
  readonly madeOf: readonly Unknown[];
  readonly encodes?: ReadonlyArray<string | Unknown>;
  readonly storedAs?: StoredAs;
  readonly parameter?: ParameterOfStack;
  private readonly excludes: string;
  #lower?: Unknown;

  constructor(readonly id: string, options: UnknownOptions) {
    this.label = options.label;
    this.excludes = options.excludes ?? '';
    this.values = options.values;
    this.differsWithin = options.differsWithin;
    this.generatedName = options.generatedName;
    this.isOfPattern = options.isOfPattern ?? false;
    this.assumption = options.assumption;
    this.resourceType = options.resourceType;
    this.isUnread = options.isUnread ?? false;
    this.resource = options.resource;
    this.madeOf = options.madeOf ?? [];
    this.encodes = options.encodes;
    this.storedAs = options.storedAs;
    this.parameter = options.parameter;
  }

  /** Whether the value may contain a character. */
  mayContain(character: string): boolean {
    return !this.excludes.includes(character);
  }

  /**
   * The value in lower case. It never contains a letter of which the value contains neither case, but may contain one that the value has in upper case only.
   * Values that differ are assumed to differ in more than their case: no service generates names that do not.
   */
  toLowerCase(): Unknown {
    this.#lower ??= this.inLowerCase();
    return this.#lower;
  }

  private inLowerCase(): Unknown {
    const others = [...this.excludes].filter((character) => this.mayContain(character.toUpperCase()) || this.mayContain(character.toLowerCase()));
    if (others.length === 0) {
      return this;
    }
    const excludes = [...this.excludes].filter((character) => !others.includes(character)).join('');
    const { label, differsWithin, generatedName, isOfPattern } = this;
    return new Unknown(`${this.id} in lower case`, { label, excludes, differsWithin, generatedName, isOfPattern, madeOf: [this] });
  }

  /** Whether two values are known to be different. */
  differsFrom(other: Unknown): boolean {
    return this.id !== other.id && this.differsWithin !== undefined && this.differsWithin === other.differsWithin;
  }
}
