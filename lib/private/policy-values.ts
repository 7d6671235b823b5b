import { IResolvable, Reference, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CompletedText, KnownValue, stepTo } from './completed-text';
import { hasDynamicReference } from './dynamic-references';
import { refusalWithoutValue } from './errors';
import { IN_POLICY_VALUE } from './escapes';
import { Intrinsic, isPseudoParameter, joined, looksLikeIntrinsic, partsOf, typeOf, withBranches, withoutSub, withValues } from './intrinsics';
import { isOpen } from './open-tokens';
import { tokensIn } from './tokens-in';

type Json = { readonly [key: string]: any };
/** How a value that is not closed is written. */
type Write = (place: string, value: unknown) => unknown;

/** Of `arn:partition:service:region:account:resource`. */
const COLONS_BEFORE_RESOURCE = 5;
/**
 * Operators whose values can have variables, such as `${*}`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-conditionelement
 */
const WITH_VARIABLES = /^(?:ForAllValues:|ForAnyValue:)?(String|Arn)/;
/** Stands for a value that is known only at deployment. */
const OPEN_VALUE = '\uE004';
const OPEN_VARIABLE = new RegExp(`\\$\\{[^}]*${OPEN_VALUE}`);
/** Functions whose result has no characters other than their arguments. A map can contain a dynamic reference. */
const COMBINING = ['Fn::If', 'Fn::Join', 'Fn::Select', 'Fn::Split'];

/**
 * The values of a policy that are known only at deployment. Each of them must be literal: `*`, `?` and `${…}` in it must not have the meaning that they have
 * where the app writes them. Their escapes are variables, which IAM expands only after the fifth colon of `Resource` and in some conditions. Everywhere else,
 * only closed values are allowed, of which AWS or the author limits the characters.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export class PolicyValues {
  private readonly guards = new Set<unknown>();
  private readonly known: ReadonlyMap<string, KnownValue>;
  private references?: Set<string>;

  /**
   * @param policy the policy before it is resolved: its tokens say more than what they resolve to, for example in another stack.
   * @param known values of which this library knows where they are: the ARN of a provider, and the issuer in keys.
   */
  constructor(private readonly scope: IConstruct, private readonly policy: unknown, known: readonly KnownValue[] = []) {
    this.known = new Map(known.map((each) => [JSON.stringify(each.value), each]));
  }

  /**
   * A resolved policy, for a text that escapes the values.
   *
   * @param place the name of the policy, for errors.
   * @throws if a value that is not closed is where IAM expands nothing.
   */
  public checkedPolicy(place: string, policy: Json, write: Write = (_, value) => value): Json {
    const statements = policy?.Statement?.map((statement: Json, i: number) => withValues(statement, (element, value: any) => {
      const at = `${place}.Statement[${i}].${element}`;
      switch (element) {
        case 'Resource': return each(at, value, (path, arn) => this.arn(path, arn, write));
        case 'Condition': return this.condition(at, value, write);
        case 'Principal': return this.principal(at, value);
        default: return this.refuseOpen(at, value);
      }
    }));
    return statements ? { ...policy, Statement: statements } : policy;
  }

  /** Throws the errors of a resolved policy as an object. */
  public check(place: string, policy: Json): void {
    this.escaped(place, policy);
  }

  /** A resolved policy as an object, in which CloudFormation escapes the values. */
  public escaped(place: string, policy: Json): Json {
    return this.checkedPolicy(place, policy, this.escape);
  }

  /** The resolved ARN of a resource, in which CloudFormation escapes the values. */
  public escapedArn(place: string, arn: unknown): unknown {
    return this.arn(place, arn, this.escape);
  }

  /** A value that starts with a token, which must be an ARN: otherwise, as for `*`, the deployment fails. */
  public guarded(value: any): any {
    const [first] = looksLikeIntrinsic(value) ? partsOf(value) : [];
    if (first === undefined || typeof first === 'string' || this.isClosed(first)) {
      return value;
    }
    const guard = emptyIfArn(first);
    this.guards.add(guard);
    return joined([guard, ...partsOf(value)]);
  }

  /** Whether nobody who sets a value of the deployment controls the characters of a resolved value. A guard only makes the deployment fail, and adds nothing. */
  public readonly isClosed = (value: unknown): boolean => {
    if (Array.isArray(value)) {
      return value.every(this.isClosed);
    }
    if (typeof value === 'string') {
      return !hasDynamicReference(value);
    }
    if (typeof value !== 'object' || value === null || this.guards.has(value)) {
      return true;
    }
    if (!looksLikeIntrinsic(value)) {
      return Object.values(value).every(this.isClosed);
    }
    const written = JSON.stringify(value);
    return isPseudoParameter(value) || this.known.get(written)?.isPlain || this.closedReferences.has(written)
      || COMBINING.some((name) => name in value && this.isClosed(value[name]));
  };

  private readonly escape: Write = (place, value) => {
    const text = new CompletedText({ escapes: IN_POLICY_VALUE, escapesOfLiterals: [], isClosed: this.isClosed });
    return text.complete(text.marked(place, value) as string);
  };

  private arn(place: string, given: any, write: Write): unknown {
    const arn: any = withoutSub(given);
    if (this.isClosed(arn)) {
      return given;
    }
    if (arn['Fn::If']) {
      return withBranches(arn, (branch) => each(place, branch, (at, value) => this.arn(at, value, write)));
    }
    this.checkBeginning(place, arn);
    this.checkVariables(place, arn);
    return write(place, typeOf(arn) === 'string' ? this.guarded(arn) : arn);
  }

  private checkBeginning(place: string, arn: Intrinsic): void {
    let colons = 0;
    for (const [i, part] of partsOf(arn).entries()) {
      if (typeof part === 'string') {
        colons += part.split(':').length - 1;
      } else if (i === 0) {
        colons = COLONS_BEFORE_RESOURCE;
      } else if (colons < COLONS_BEFORE_RESOURCE) {
        this.refuseOpen(`${place}, before its fifth colon,`, part);
      }
    }
  }

  /** The value could end a policy variable around it, or name another one. */
  private checkVariables(place: string, value: Intrinsic): void {
    if (OPEN_VARIABLE.test(this.outlineOf(value))) {
      throw refusalWithoutValue(place, 'without a token in a policy variable', 'the name and the default value between ${ and } must be literals');
    }
  }

  /** The literals of a text. */
  private outlineOf(value: any): string {
    if (typeof value === 'string') {
      return value;
    }
    const { 'Fn::Join': [delimiter, parts] = [], 'Fn::If': [, ...branches] = [] } = value;
    if (typeof delimiter === 'string' && Array.isArray(parts)) {
      return parts.map((part) => this.outlineOf(part)).join(delimiter);
    }
    return branches.length > 0 ? branches.map((branch: unknown) => this.outlineOf(branch)).join('') : this.isClosed(value) ? '' : OPEN_VALUE;
  }

  private condition(place: string, condition: any, write: Write): unknown {
    return this.map(place, condition, (operator, keys) => this.map(`${place}.${operator}`, keys, (key, values) =>
      each(`${place}.${operator}${stepTo(key)}`, values, (at, value) => this.conditionValue(at, operator, value, write))));
  }

  private conditionValue(place: string, operator: string, given: any, write: Write): unknown {
    const [, family] = WITH_VARIABLES.exec(operator) ?? [];
    if (family === 'Arn') {
      return this.arn(place, given, write);
    }
    const value: any = withoutSub(given);
    if (family === undefined || this.isClosed(value)) {
      return this.refuseOpen(place, given);
    }
    this.checkVariables(place, value);
    return write(place, value);
  }

  /** IAM refuses wildcards within the ARN of a principal, so that the ARN of a provider needs no escapes. */
  private principal(place: string, principal: any): unknown {
    return typeof principal !== 'object' ? this.refuseOpen(place, principal) : this.map(place, principal, (kind, names) =>
      each(`${place}.${kind}`, names, (at, name) => (this.isKnown(name) ? this.guarded(name) : this.refuseOpen(at, name))));
  }

  private map(place: string, map: any, change: (key: string, value: any) => unknown): unknown {
    if (looksLikeIntrinsic(map) || typeof map !== 'object') {
      return this.refuseOpen(place, map);
    }
    // texts refuse other tokens in keys, and aws-cdk refuses all of them in objects
    return withValues(map, (key, value) => change(typeof key === 'string' ? key : '<token>', value));
  }

  private isKnown(value: unknown): boolean {
    return this.known.has(JSON.stringify(value));
  }

  private refuseOpen(place: string, value: unknown): unknown {
    if (!this.isClosed(value)) {
      throw refusalWithoutValue(place, 'known before the deployment', 'the value of a token could be * or ${…}, and IAM has no escapes for them there. '
        + 'Use a literal, a reference to a resource of this app in the same region, or a CfnParameter with allowedValues or an allowedPattern such as [a-z0-9-]+');
    }
    return value;
  }

  /** As they are written in the template. */
  private get closedReferences(): Set<string> {
    return this.references ??= new Set(this.findClosedReferences().map((token) => JSON.stringify(Stack.of(this.scope).resolve(token))));
  }

  private findClosedReferences(): IResolvable[] {
    const { scope, policy } = this;
    return [...new Set(tokensIn(scope, policy))].filter((token) => Reference.isReference(token) && !isOpen(scope, token));
  }
}

/** Applies a function to each value of an element, which can be one value or a list. */
const each = (place: string, values: any, change: (place: string, value: any) => unknown): unknown =>
  (Array.isArray(values) ? values.map((value, i) => change(`${place}[${i}]`, value)) : change(place, values));

/** The empty text, if the value is an ARN. No function of CloudFormation returns all that is after the fifth colon. */
const emptyIfArn = (value: Intrinsic): Intrinsic => {
  const afterFifthColon = { 'Fn::Select': [COLONS_BEFORE_RESOURCE, { 'Fn::Split': [':', value] }] };
  return { 'Fn::Select': [0, { 'Fn::Split': [':', { 'Fn::Join': [':', ['', afterFifthColon]] }] }] };
};
