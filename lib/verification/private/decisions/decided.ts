import { Decision } from '../evaluation/decision';
import { Grants, ResourceSide, RoleSession } from '../evaluation/grants';
import { SessionContext } from '../evaluation/session-context';
import { ResourceFacts, SessionOptions } from '../evaluation/session-options';
import { Question } from '../questions/question';
import { Credentials } from '../reach/credentials';
import { decideWith } from '../reach/decide-with';
import { grantsOf } from '../reach/grants-of';
import { Text } from '../values/text';

/** What a decision depends on, beside the credentials. */
export interface Requested extends Pick<Question, 'action' | 'context'> {
  readonly resource: Text;
  readonly side: ResourceSide;
  readonly facts: ResourceFacts;
}

/**
 * The decisions about a question. Each is made once, for all assignments of the conditions under which the same policies decide about the same request.
 *
 * Policies, tags, and how permissions might be raised are the same if they are one object, all else if it says the same. The compiler refuses a part that is not
 * looked at here.
 */
export class Decided {
  private readonly decisions = new Map<string, Decision>();
  private readonly found = new WeakMap<object, Map<string, unknown>>();
  private readonly objects = new WeakMap<object, number>();
  private readonly texts = new Map<string, number>();
  private readonly keys = new WeakMap<object, string>();
  private count = 0;

  decide(credentials: Credentials, requested: Requested): Decision {
    const key = `${this.keyOfCredentials(credentials)} ${this.keyOfRequested(requested)}`;
    const known = this.decisions.get(key) ?? decide(credentials, requested);
    this.decisions.set(key, known);
    return known;
  }

  /**
   * What credentials can do with something.
   *
   * @param about one object for all assignments of the conditions under which it is the same, the action included.
   */
  once<T>(credentials: Credentials, context: Requested['context'], about: object, find: () => T): T {
    const found = this.found.get(about) ?? new Map<string, unknown>();
    this.found.set(about, found);
    const key = `${this.keyOfCredentials(credentials)} ${this.keyOfContext(context)}`;
    if (!found.has(key)) {
      found.set(key, find());
    }
    return found.get(key) as T;
  }

  private keyOfCredentials(credentials: Credentials): string {
    return this.keyOf(credentials, () => {
      const { identity, boundary, session: policy, resource: _side, ...noGrants }: Grants = grantsOf(credentials, { kind: 'none' });
      const { session } = credentials;
      const { resource: _facts, given: _given, isForwarded: _, ...options }: SessionOptions = session; // these are of the request
      const { role, roleTags, sessionTags, hasChosenTags, federates, federatedProvider: provider, ...noOptions } = options;
      const { roleArn, account, id, isNew, ...noSession }: RoleSession = role;
      nothing(noGrants, noOptions, noSession);
      return [
        this.text(roleArn.key), this.text(account.key), this.text(id?.key), this.object(roleTags), provider === 'unknown' ? -2 : this.text(provider?.key),
        this.object(boundary), this.object(policy), this.object(credentials.raise),
        ...[hasChosenTags, federates, isNew].map((one = false) => Number(one)),
        ...withLength([...sessionTags ?? []].flatMap(([name, { key }]) => [this.text(name), this.text(key)])),
        ...withLength(identity.map((each) => this.object(each))),
      ];
    });
  }

  private keyOfRequested({ action, context, resource, side, facts, ...none }: Requested): string {
    nothing(none);
    const ofParts = [this.keyOf(facts, () => this.keyOfFacts(facts)), this.keyOf(side, () => this.keyOfSide(side)), this.keyOfContext(context)];
    return [this.text(action), this.text(resource.key), ...ofParts].join(' ');
  }

  private keyOfContext(context: Requested['context']): string {
    return this.keyOf(context, () =>
      Object.entries(context).flatMap(([name, values]) => [this.text(name), ...withLength(values.map(({ key }) => this.text(key)))]));
  }

  private keyOfFacts({ arn, account, region, tags, ...none }: ResourceFacts): number[] {
    nothing(none);
    return [...[arn, account, region].map((text) => this.text(text?.key)), this.object(tags)];
  }

  private keyOfSide(side: ResourceSide): number[] {
    switch (side.kind) {
      case 'none': return [0];
      case 'unknown': return [1, this.text(side.why)];
      case 'policies': return [2, this.text(side.account.key), ...withLength(side.policies.map((policy) => this.object(policy)))];
    }
  }

  private keyOf(object: object, key: () => readonly number[]): string {
    const known = this.keys.get(object) ?? key().join(' ');
    this.keys.set(object, known);
    return known;
  }

  private object(object: object | undefined): number {
    const known = object ? this.objects.get(object) ?? this.count++ : -1;
    if (object) {
      this.objects.set(object, known);
    }
    return known;
  }

  private text(text: string | undefined): number {
    const known = text === undefined ? -1 : this.texts.get(text) ?? this.count++;
    if (text !== undefined) {
      this.texts.set(text, known);
    }
    return known;
  }
}

/** With their number, so that no two lists of numbers in a row are written like two others. */
const withLength = (numbers: readonly number[]): number[] => [numbers.length, ...numbers];

/** What is left of an object of which every part was looked at. */
function nothing(..._: Array<Record<string, never>>): void {}

const decide = (credentials: Credentials, { action, context, resource, side, facts }: Requested): Decision => decideWith(credentials, side, {
  action, resource, context: SessionContext.ofRole({ ...credentials.session, resource: facts, given: context }),
});
