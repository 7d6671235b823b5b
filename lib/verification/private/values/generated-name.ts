/** Where a resource without a name is, as its generated name says. */
export interface NamedFor {
  readonly logicalId: string;
  /** Undefined if only the deployment knows it. */
  readonly stackName?: string;
  /** Whether the stack is nested in that stack. Its own name then starts with that name, and ends with characters that CloudFormation generates, too. */
  readonly isNested?: boolean;
  /** Whether names of the type always have the name of the stack. Those of secrets, parameters and clusters do not. */
  readonly isOfStack?: boolean;
}

/**
 * Names at least as long as this can be shortened. The limit of a bucket is 63 characters, of which some are left for the random ones; that of a domain of Amazon
 * OpenSearch Service is 28, and shortened names have all of them.
 */
const [SHORTENED, SHORTENED_OF_OTHERS] = [50, 28];

/** No name is longer, in characters. Longer texts are not searched. */
const LONGEST = 512;

/** The name of a stack, the logical ID, and at least 8 random characters; those of queues and topics can end with `.fifo`. */
const FORM = /^(?:(.+)-)?([a-z0-9]+)-[a-z0-9]{8,}(?:\.fifo)?$/;

/**
 * The name that CloudFormation generates for a resource that has none. Only the deployment knows it, but after the first one, everyone does: another stack can
 * have it literally, or a later version of the template. Its form tells which literals it can be.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export class GeneratedName {
  constructor(private readonly of: NamedFor) {}

  /** Whether it can be a literal. Some services write it in lower case, and some names are compared without regard to case, so case tells nothing. */
  mayBe(literal: string): boolean {
    if (literal.length > LONGEST) {
      return false;
    }
    const [, stack, logicalId] = FORM.exec(literal.toLowerCase()) ?? [];
    const isShortened = literal.length >= (this.of.isOfStack ? SHORTENED : SHORTENED_OF_OTHERS);
    return logicalId !== undefined && isPartOf(this.of.logicalId, logicalId, isShortened) && this.mayBeOfStack(stack, isShortened);
  }

  /** Whether it can start with a literal, as what a pattern matches. */
  mayStartWith(literal: string): boolean {
    const { stackName, logicalId, isNested, isOfStack } = this.of;
    const start = literal.toLowerCase();
    const [stack, id] = [stackName?.toLowerCase(), logicalId.toLowerCase()];
    if (stack === undefined) {
      return true;
    }
    const starts = [`${stack}-${id}-`, ...(isOfStack ? [] : [`${id}-`, `${BEFORE_PARAMETERS}-${id}-`])];
    return starts.some((one) => one.startsWith(start) || (start.startsWith(one) && RANDOM.test(start.slice(one.length))))
      || (isNested === true && start.startsWith(`${stack}-`))
      || (this.mayBeShortened && isShortenedStart(start, [stack, ...(isOfStack ? [] : [id, BEFORE_PARAMETERS])]));
  }

  private get mayBeShortened(): boolean {
    const { stackName = '', logicalId, isNested, isOfStack } = this.of;
    const known = stackName.length + logicalId.length;
    return isNested === true || known >= (isOfStack ? SHORTENED - MOST_OTHERS_OF_STACKS : SHORTENED_OF_OTHERS - MOST_OTHERS);
  }

  /** Whether a text can contain it. What follows it can be a suffix of the service, or a domain. */
  mayBeIn(text: string): boolean {
    return (text.match(/[\w.-]+/g) ?? []).some((word) =>
      this.mayBe(word) || [...word.matchAll(/[.-]/g)].some(({ index }) => this.mayBe(word.slice(0, index))));
  }

  private mayBeOfStack(part: string | undefined, isShortened: boolean): boolean {
    const { stackName, isNested, isOfStack } = this.of;
    if (part === undefined || (part === BEFORE_PARAMETERS && !isOfStack)) {
      return !isOfStack;
    }
    return stackName === undefined || isPartOf(stackName, part, isShortened) || (isNested === true && part.startsWith(`${stackName.toLowerCase()}-`));
  }
}

/** The random characters, and `.fifo` or the start of it. */
const RANDOM = /^[a-z0-9]*(\.(f(i(fo?)?)?)?)?$/;

/** Hyphens and random characters of a name are no more than these. Those of other types can be as long as an identifier. */
const [MOST_OTHERS_OF_STACKS, MOST_OTHERS] = [20, 45];

/** Whether one of the names that a generated name starts with is shortened in a literal. */
const isShortenedStart = (start: string, names: readonly string[]): boolean =>
  names.some((name) => [...start.matchAll(/-/g)].some(({ index }) => index > 0 && name.startsWith(start.slice(0, index))));

/** What names of parameters of AWS Systems Manager start with. */
const BEFORE_PARAMETERS = 'cfn';

const isPartOf = (whole: string, part: string, isShortened: boolean): boolean =>
  (isShortened ? whole.toLowerCase().startsWith(part) : whole.toLowerCase() === part);
