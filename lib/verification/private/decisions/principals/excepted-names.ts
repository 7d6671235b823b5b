import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { arnTexts } from '../../evaluation/arn';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** Those who may be allowed something, as policies name them: accounts by their IDs, others by their ARNs, and everyone as `*`. */
export class ExceptedNames {
  /** @throws if one of them is no such name. */
  static under(assignments: Assignments, assigned: AssignedModel, names: readonly string[]): ExceptedNames {
    return new ExceptedNames(names.map((name, i) => {
      const text = assignments.text(name, assigned);
      if (text.literal !== undefined && !/^(\*|\d{12}|arn:.*)$/.test(text.literal)) {
        throw new Error(`namedExceptions[${i}] is ${name}, but must be the ID of an AWS account, an ARN, or * for everyone`);
      }
      return text;
    }));
  }

  private constructor(private readonly names: readonly Text[]) {}

  get includeEveryone(): boolean {
    return this.names.some(({ literal }) => literal === '*');
  }

  /** Whether they include what has an ARN. */
  includeArn(arn: Text): boolean {
    return this.includeEveryone || this.names.some((name) => equal(name, arn) === 'yes');
  }

  /** Whether they include whom a policy names: with an account, its root and all of its roles and users. */
  include(named: Text): boolean {
    const account = arnTexts(named)?.[4] ?? named;
    return this.includeArn(named) || this.names.some((name) => equal(rootOf(name) ?? name, account) === 'yes');
  }
}

/** The account of which an ARN is the root; undefined if it is something else. */
function rootOf(name: Text): Text | undefined {
  const [, , , , account, last] = arnTexts(name) ?? [];
  return last?.literal === 'root' ? account : undefined;
}
