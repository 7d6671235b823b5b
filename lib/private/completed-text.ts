import { hasDynamicReference } from './dynamic-references';
import { Escapes } from './escapes';
import { Intrinsic, entriesOf, isIntrinsic, isPseudoParameter, looksLikeIntrinsic, partsOf, typeOf, withBranches } from './intrinsics';

export interface KnownValue {
  /** The value as the CDK resolves it. */
  readonly value: unknown;
  /** Whether only AWS determines the value, so that it needs no escaping. */
  readonly isPlain: boolean;
}

export interface CompletedTextProps {
  readonly escapes: Escapes;
  /** The escapes of the literals among which `Fn::If` chooses. @default - those of values, by CloudFormation */
  readonly escapesOfLiterals?: Escapes;
  /** Whether a value needs no escaping, because nobody who sets a value of the deployment controls its characters. @default - all of them need it */
  readonly isClosed?: (value: Intrinsic) => boolean;
  /** Values that have these names in the text, and are allowed in its keys. @default - none */
  readonly known?: { readonly [name: string]: KnownValue };
  /** Whether a number that only CloudFormation knows can be written without quotes. @default - numbers become strings */
  readonly isSafeNumber?: (value: Intrinsic) => boolean;
}

// Private-use characters around the placeholder of an intrinsic function until the text is written
const MARK = /\uE000(\w[\w:]*)\uE001/g;
const NUMBER_MARK = /"\uE002(\w+)\uE001"/g;
const BRACE_MARK = /\uE003/g;
/**
 * Literal text that CloudFormation would read as a variable: with a name, or with content for which the next brace is not documented to end
 * it.
 */
const LITERAL_VARIABLE = /\$\{([\w:./-]+\})?/g;
/** The variable whose value is a literal dollar sign. */
const DOLLAR = 'Dollar';
const DYNAMIC_REFERENCE = 'cannot contain a secret or another dynamic reference, because CloudFormation does not escape its value: read the value where it is used';
const MARK_CHARACTERS = /[\uE000-\uE003]/;

/**
 * A text that CloudFormation completes with values that are known only at deployment. No value can end the string that contains it,
 * because CloudFormation escapes each value itself. Nothing else in this library puts tokens into text.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export class CompletedText {
  private readonly variables = new Map<string, { readonly source: string; readonly value: unknown }>();
  private readonly known: Map<string, { readonly name: string; readonly isPlain: boolean }>;
  private hasMarks = false;
  private hasKeys = false;
  private hasEscapes = false;

  constructor(private readonly props: CompletedTextProps) {
    this.known = new Map(Object.entries(props.known ?? {}).map(([name, { value, isPlain }]) => [JSON.stringify(value), { name, isPlain }]));
  }

  /** Whether only AWS determines the values, and no key contains one: such data can stay an object in the template. */
  public get isSafeAsData(): boolean {
    return !this.hasKeys && this.isPlain;
  }

  /** Whether only AWS determines the values. */
  public get isPlain(): boolean {
    return !this.hasEscapes;
  }

  /**
   * Resolved data in which strings represent intrinsic functions, ready for `JSON.stringify` or another serializer.
   *
   * @param place the path of the data, for errors. Errors never contain a value, which might be secret.
   * @param value data that was resolved with `allowIntrinsicKeys`.
   * @throws if a token is a list, an unsafe number, a key or a structure that a condition selects, or if there is a dynamic reference.
   */
  public marked(place: string, value: unknown): unknown {
    if (isIntrinsic(value)) {
      return at(place, () => this.markedString(value));
    }
    if (typeof value === 'string') {
      return at(place, () => checkedLiteral(value));
    }
    if (Array.isArray(value)) {
      return value.map((item, i) => this.marked(`${place}[${i}]`, item));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    if (looksLikeIntrinsic(value)) {
      throw new Error(`${place} cannot be an intrinsic function written as plain data: convert it to a token with Token.asString`);
    }
    return Object.fromEntries(entriesOf(value).map(([key, item]) => {
      const step = typeof key === 'string' ? stepTo(key) : '[<token>]';
      return [at(place, () => this.markedKey(key)), this.marked(`${place}${step}`, item)];
    }));
  }

  /** The text for CloudFormation to complete, from a text that contains `marked` data. */
  public complete(text: string): unknown {
    if (!this.hasMarks) {
      return text;
    }
    const [, brace] = (this.props.escapesOfLiterals ?? this.props.escapes).at(-1) ?? ['{', '{'];
    const literal = text.replace(BRACE_MARK, brace).replace(LITERAL_VARIABLE, (_, name) => (name ? `\${!${name}` : `\${${DOLLAR}}{`));
    const body = literal.replace(NUMBER_MARK, '${$1}').replace(MARK, '${$1}');
    const variables = Object.fromEntries([...this.variables].map(([name, { value }]) => [name, value]));
    if (literal.includes(`\${${DOLLAR}}`)) {
      variables[DOLLAR] = '$';
    }
    return { 'Fn::Sub': Object.keys(variables).length > 0 ? [body, variables] : body };
  }

  private markedString(value: Intrinsic): string {
    if (typeOf(value) === 'string-list') {
      throw new Error('cannot be a list that is known only at deployment: write the list in the app; its items can be tokens, such as Fn.select(0, list)');
    }
    if (!isString(value)) {
      throw new Error('cannot use Fn.conditionIf unless each branch is a string, because CloudFormation cannot insert other values into text');
    }
    if (hasDynamicReference(value)) {
      throw new Error(DYNAMIC_REFERENCE);
    }
    if (typeOf(value) === 'number' && this.props.isSafeNumber) {
      return this.numberMark(value);
    }
    const parts = partsOf(value);
    return parts.map((part, i) => (typeof part === 'string' ? literalNextToToken(part, i < parts.length - 1) : this.mark(part))).join('');
  }

  private markedKey(key: string | Intrinsic): string {
    if (typeof key === 'string') {
      return checkedLiteral(key);
    }
    if (partsOf(key).some((part) => typeof part !== 'string' && !isPseudoParameter(part) && !this.known.has(JSON.stringify(part)))) {
      throw new Error('cannot have a key that is known only at deployment, because it could replace another key: use a literal');
    }
    this.hasKeys = true;
    return this.markedString(key);
  }

  private numberMark(value: Intrinsic): string {
    if (!this.props.isSafeNumber!(value)) {
      throw new Error('cannot be a number that is known only at deployment, unless it is the value of a CfnParameter of type Number in this stack: '
        + 'CloudFormation validates only these numbers');
    }
    this.hasMarks = this.hasEscapes = true;
    return `\uE002${this.variable(value, value)}\uE001`;
  }

  private mark(value: Intrinsic): string {
    this.hasMarks = true;
    if (isPseudoParameter(value)) {
      return `\uE000${value.Ref}\uE001`;
    }
    const hasLiterals = 'Fn::If' in value || 'Fn::Join' in value;
    if (this.known.get(JSON.stringify(value))?.isPlain || (!hasLiterals && this.props.isClosed?.(value))) {
      return `\uE000${this.variable(value, value)}\uE001`;
    }
    this.hasEscapes = true;
    return `\uE000${this.variable(value, this.escaped(value))}\uE001`;
  }

  /** Literals keep the meaning that their author gives them. */
  private escaped(value: string | Intrinsic): unknown {
    const { escapes, escapesOfLiterals, isClosed } = this.props;
    if (!escapesOfLiterals) {
      return escapedBy(escapes, value);
    }
    if (typeof value === 'string') {
      return escapesOfLiterals.reduce((text, [character, written]) => text.replaceAll(character, () => written), value);
    }
    if (value['Fn::If']) {
      return withBranches(value, (branch) => this.escaped(branch));
    }
    const [delimiter, parts] = value['Fn::Join'] ?? [];
    if (Array.isArray(parts)) {
      return { 'Fn::Join': [this.escaped(delimiter), parts.map((part) => this.escaped(part))] };
    }
    return isClosed?.(value) ? value : escapedBy(escapes, value);
  }

  /** The name of the variable that holds a value: the known name, or else one derived from the target of the reference. */
  private variable(from: Intrinsic, value: unknown): string {
    const source = JSON.stringify(from);
    const known = this.known.get(source)?.name;
    const isFree = (candidate: string) => ![...this.variables.keys(), ...Object.keys(this.props.known ?? {}), DOLLAR].includes(candidate);
    let name = known ?? variableName(from);
    for (let i = 2; known === undefined && !isFree(name) && this.variables.get(name)?.source !== source; i++) {
      name = `${variableName(from)}${i}`;
    }
    this.variables.set(name, { source, value });
    return name;
  }
}

/** Adds the path of the data to an error. */
function at<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    (error as Error).message = `${place} ${(error as Error).message}`;
    throw error;
  }
}

/** The part of a path that leads to a key. */
export const stepTo = (key: string) => (/^[-\w]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);

/** Whether the value is a string, or a number that can become one, for every result of the conditions. */
function isString(value: unknown): boolean {
  if (!isIntrinsic(value)) {
    return typeof value === 'string';
  }
  return value['Fn::If']?.slice(1).every(isString) ?? (typeOf(value) !== 'string-list' && value.Ref !== 'AWS::NoValue');
}

const escapedBy = (escapes: Escapes, value: unknown) =>
  escapes.reduce((text, [character, written]) => ({ 'Fn::Join': [written, { 'Fn::Split': [character, text] }] }), value);

function variableName({ Ref, 'Fn::GetAtt': attribute }: Intrinsic): string {
  const words = Ref ?? (Array.isArray(attribute) ? attribute.join('') : undefined);
  return typeof words === 'string' ? words.replace(/\W|_/g, '') : 'Value';
}

/** A literal part of a string: combined with an adjacent value, it must not become something that neither part is alone. */
function literalNextToToken(literal: string, beforeToken: boolean): string {
  if (beforeToken && literal.endsWith('$')) {
    throw new Error('cannot have a $ directly before a token, because together they could start a variable: put another character between them');
  }
  return checkedLiteral(literal).replaceAll('{', '\uE003');
}

function checkedLiteral(literal: string): string {
  if (hasDynamicReference(literal)) {
    throw new Error(DYNAMIC_REFERENCE);
  }
  if (MARK_CHARACTERS.test(literal)) {
    throw new Error('cannot contain the private-use characters U+E000 to U+E003');
  }
  return literal;
}
