import { Rules, rulesOf } from './rule';
import { Session } from './session';
import { Side } from './side';
import { matchPrincipal, NamedCaller } from '../evaluation/principal-matcher';
import { parsePolicy } from '../policies/parse-policy';
import { Statement } from '../policies/statement';
import { Interned } from '../values/interned';
import { mayBeEqual } from '../values/may-be-equal';
import { Text } from '../values/text';

/**
 * The policies of resources, the trust policies of roles and the access entries in two assemblies, which can allow or deny something to the credentials of a
 * role.
 */
export class Elsewhere {
  /** Those that may name a role, each principal once. */
  private readonly statements: readonly Statement[];
  private readonly rules: readonly Rules[];
  private readonly isAllKnown: boolean;
  private readonly inClusters: readonly Text[];
  private readonly named = new Map<NamedCaller, boolean>();

  constructor(sides: readonly Side[]) {
    const ofResources = sides.flatMap(({ model }) => model.resources.flatMap(({ policies }) => policies));
    const ofRoles = sides.flatMap(({ model }) => model.roles.map(({ trustPolicy }) => trustPolicy));
    const parsed = [...ofResources.map((policy) => parsePolicy(policy, 'resource')), ...ofRoles.map((policy) => parsePolicy(policy, 'trust'))];
    const naming = parsed.flatMap(({ statements }) => statements).filter(mayNameRoles);
    this.statements = [...new Map(naming.map((statement) => [principalsKey(statement), statement])).values()];
    this.rules = [rulesOf(ofResources, 'resource'), rulesOf(ofRoles, 'trust')];
    const entries = sides.flatMap(({ model }) => model.accessEntries);
    this.inClusters = entries.filter(({ grants }) => grants.length > 0).map(({ principalArn }) => principalArn);
    this.isAllKnown = parsed.every(({ problems }) => problems.length === 0);
  }

  /** Whether they may allow or deny something to a session of one role, but not to that of another: because it names one of them or its account. */
  distinguish(one: Session, other: Session): boolean {
    return !this.isAllKnown || one.account.key !== other.account.key
      || [one, other].some((session) => this.mayName(session) || asksForCaller(session));
  }

  private mayName({ caller }: Session): boolean {
    const isNamed = this.named.get(caller) ?? (this.statements.some((statement) => mayName(statement, caller)) || this.mayActInCluster(caller));
    this.named.set(caller, isNamed);
    return isNamed;
  }

  private mayActInCluster({ names }: NamedCaller): boolean {
    return names.some(({ naming, name }) => (naming === 'role' || naming === 'session') && this.inClusters.some((principal) => mayBeEqual(principal, name)));
  }

  /** Whether one of them depends on the value of a tag. */
  dependOn(tag: string): boolean {
    return this.rules.some((rules) => mentionsTag(rules, tag));
  }
}

/** Conditions with these keys can name a role. */
const KEYS_OF_CALLER = ['aws:principalarn', 'aws:userid', 'aws:username'];

/** Whether the policies of a session depend on whose session it is. */
const asksForCaller = ({ grants, limits }: Session): boolean => [grants, ...limits.values()].some((rules) => askingForCaller.of([rules], () =>
  [...rules.allows, ...rules.denies].some(({ key }) => KEYS_OF_CALLER.some((name) => key.toLowerCase().includes(name)))));

const askingForCaller = new Interned<boolean>();

/** Whether it may name any role, or only the one that its principals are. */
const namesAny = ({ principals, conditions = [], problems }: Statement): boolean =>
  problems.length > 0 || principals?.negated === true || conditions.some(({ key }) => KEYS_OF_CALLER.includes(key.toString().toLowerCase()));

const mayName = (statement: Statement, caller: NamedCaller): boolean => namesAny(statement) || matchPrincipal(statement, caller, ['role', 'session']).truth !== 'no';

/** Most statements of an app name services, identity providers and everyone. */
const mayNameRoles = (statement: Statement): boolean => namesAny(statement) || statement.principals === undefined
  || statement.principals.principals.some(({ kind, name }) => kind === 'AWS' && name.literal !== '*');

const principalsKey = (statement: Statement): string =>
  JSON.stringify([namesAny(statement), statement.principals?.principals.map(({ kind, name }) => [kind, name.key])]);

/** Whether rules depend on the value of a tag. Names of tags are compared without regard to case. */
export const mentionsTag = (rules: Rules, tag: string): boolean => tagged(rules).some((key) => key.includes(`${TAG}${tag.toLowerCase()}`));

const TAG = 'aws:principaltag/';

/** The keys of the rules that mention a tag of the principal: most rules do not. */
const tagged = (rules: Rules): readonly string[] =>
  keys.of([rules], () => [...rules.allows, ...rules.denies].map(({ key }) => key.toLowerCase()).filter((key) => key.includes(TAG)));

const keys = new Interned<readonly string[]>();
