import { distinct } from '../values/distinct';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { withUnknowns } from '../values/wildcards';

/** What an element of a statement is about: what one pattern matches, or everything except what some match. */
export type Scope = { readonly only: Text } | { readonly allBut: readonly Text[] };

/** One value of an element of a statement, such as one of its actions, or all values of `NotAction` and the like. */
export class Part {
  /** Two parts have the same key if they say the same. */
  readonly key: string;
  #pattern?: Pattern;
  #example?: Text;

  /**
   * @param scope as IAM compares it; undefined if the statement does not have the element.
   * @param shown as it is in the template.
   * @param hasVariables whether `${…}` is a policy variable; undefined if there is none. It is text in policies of the older version.
   * @param isPrincipal whether its values can contain others without looking so, as an account contains its roles.
   */
  constructor(readonly scope: Scope | undefined, readonly shown: string, readonly hasVariables?: boolean, readonly isPrincipal = false) {
    this.key = JSON.stringify([scope && ('only' in scope ? scope.only.key : scope.allBut.map(({ key }) => key).sort()), hasVariables]);
  }

  /** Of one text: the pattern that it is. */
  get pattern(): Pattern {
    this.#pattern ??= Pattern.glob(this.text);
    return this.#pattern;
  }

  /** Of one text: what stands for everything that its pattern matches. */
  get example(): Text {
    this.#example ??= withUnknowns(this.text);
    return this.#example;
  }

  /** Of one text: the text. */
  get text(): Text {
    return this.scope && 'only' in this.scope ? this.scope.only : Text.EMPTY;
  }
}

interface PartOptions {
  /** Whether the version of the policy has variables. */
  readonly isNewer: boolean;
  /** As IAM compares a value. @default - as it is */
  readonly compared?: (text: Text) => Text;
  /** Whether the values are principals. @default false */
  readonly arePrincipals?: boolean;
}

/** The parts of an element, each once. */
export function partsOf(negated: boolean, values: readonly Text[], { isNewer, compared = (text) => text, arePrincipals }: PartOptions): Part[] {
  const hasVariables = (texts: readonly Text[]) => (texts.some(mentionsVariable) ? isNewer : undefined);
  return negated
    ? [new Part({ allBut: values.map(compared) }, `everything except ${values.join(', ')}`, hasVariables(values), arePrincipals)]
    : eachOnce(values.map((text) => new Part({ only: compared(text) }, text.toString(), hasVariables([text]), arePrincipals)));
}

/** Stands for an element that a statement does not have, such as the principal of an identity policy. */
export const NO_PART = new Part(undefined, '');

/** Whether a principal is one AWS service. One whose name only the deployment knows may be all of them. */
export const isService = ({ scope }: Part): boolean => scope !== undefined && 'only' in scope && /^Service [^*?]/.test(scope.only.start);

export const mentionsVariable = ({ parts }: Text) => parts.some((part) => typeof part === 'string' && part.includes('${'));

export const eachOnce = <T extends { readonly key: string }>(parts: readonly T[]): T[] =>
  distinct(parts);
