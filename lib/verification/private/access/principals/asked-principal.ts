import { AccessOptions } from '../../../access-options';
import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { certainUnless, mergeVerdicts } from '../answers/merge-verdicts';
import { PrincipalVerdict } from '../answers/principal-verdict';
import { decidePrincipal } from '../decisions/decide-principal';
import { checkAction } from '../questions/asked-action';
import { checkResource } from '../questions/asked-resource';
import { Question } from '../questions/question';
import { Credentials, Reach } from '../reach/credentials';
import { reachOf } from '../reach/reach';
import { withUnknowns } from '../resources/wildcards';
import { nameOf, Principal } from '../world/principal';
import { Possibility, World } from '../world/world';

/** A principal under one assignment of the conditions; undefined if it does not exist then. */
export interface Located {
  readonly possibility: Possibility;
  readonly principal?: Principal;
}

/** The principal of a question, under all assignments of the conditions. */
export class AskedPrincipal {
  private readonly reaches = new Map<Located, Reach>();

  constructor(readonly world: World, readonly located: readonly [Located, ...Located[]]) {}

  get principal(): Principal {
    return this.located.find(({ principal }) => principal)!.principal!; // it exists under one of them, or else it is not found
  }

  get name(): string {
    return nameOf(this.principal);
  }

  get allReaches(): Reach[] {
    return this.located.map((one) => this.reachIn(one));
  }

  /** All credentials that the principal can get under any assignment, and whether it certainly gets them. */
  get credentials(): Array<{ readonly credentials: Credentials; readonly isCertain: boolean }> {
    const reaches = this.allReaches.map(({ credentials }) => new Map(credentials.filter(({ isObtained }) => isObtained !== 'no').map((one) => [`${one.role.arn.key} ${one.by}`, one])));
    const all = new Map(reaches.flatMap((reach) => [...reach]));
    return [...all].map(([key, credentials]) => ({ credentials, isCertain: this.world.unread.length === 0 && reaches.every((reach) => reach.get(key)?.isObtained === 'yes') }));
  }

  /** A value that a caller passed, for messages. */
  shown(value: string): string {
    return this.world.text(value, this.located[0].possibility).toString();
  }

  decide(action: string, options: AccessOptions): PrincipalVerdict {
    const notes = checkAction(action, options.undocumentedAction ?? false).map((what) => ({ what }));
    const verdicts = this.located.map((one) => {
      const { possibility } = one;
      const question = this.questionIn(possibility, action, options);
      const verdict = decidePrincipal(this.reachIn(one), question, possibility.view, this.withoutPolicy(possibility));
      return { branch: possibility.branch, verdict: { ...verdict, notes: [...notes, ...verdict.notes] } };
    });
    return certainUnless(this.world.unread, mergeVerdicts(verdicts as [typeof verdicts[0], ...typeof verdicts]));
  }

  private reachIn(located: Located): Reach {
    const { principal, possibility } = located;
    const reach = this.reaches.get(located) ?? (principal
      ? reachOf(principal, possibility.view, this.world.assumptions)
      : { credentials: [], others: [], othersAreDefault: 'no', changesDefault: [], notes: [{ what: `there are no ${this.name} with ${possibility.branch.label}` }] });
    this.reaches.set(located, reach);
    return reach;
  }

  private questionIn(possibility: Possibility, action: string, { resource, context }: AccessOptions): Question {
    const given = { ...this.world.assumptions.context, ...context };
    const arn = resource === undefined ? undefined : this.world.text(resource, possibility);
    if (arn) {
      checkResource(action, arn);
    }
    return {
      action,
      resource: arn && arn.literal !== '*' ? withUnknowns(arn) : arn,
      context: Object.fromEntries(Object.entries(given).map(([key, values]) => [key, values.map((value) => this.world.text(value, possibility))])),
    };
  }

  /** Of resources, and of what they contain, such as the objects of a bucket. */
  private withoutPolicy(possibility: Possibility): Pattern[] {
    const arns = (this.world.assumptions.noResourcePolicy ?? []).map((arn) => this.world.text(arn, possibility));
    return arns.flatMap((arn) => ['', '/*', ':*'].map((part) => Pattern.glob(Text.join([arn, Text.of(part)]))));
  }
}

