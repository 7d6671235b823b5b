import { Rules, rulesOf } from './rule';
import { Session } from './session';
import { Side } from './side';
import { matchPrincipal } from '../evaluation/principal-matcher';
import { parsePolicy } from '../policies/parse-policy';
import { Statement } from '../policies/statement';

/** The policies of resources and the trust policies of roles in two assemblies, which can allow or deny something to the credentials of a role. */
export class Elsewhere {
  private readonly statements: readonly Statement[];
  private readonly rules: readonly Rules[];
  private readonly isAllKnown: boolean;

  constructor(sides: readonly Side[]) {
    const ofResources = sides.flatMap(({ model }) => model.resources.flatMap(({ policies }) => policies));
    const ofRoles = sides.flatMap(({ model }) => model.roles.map(({ trustPolicy }) => trustPolicy));
    const parsed = [...ofResources.map((policy) => parsePolicy(policy, 'resource')), ...ofRoles.map((policy) => parsePolicy(policy, 'trust'))];
    this.statements = parsed.flatMap(({ statements }) => statements);
    this.rules = [rulesOf(ofResources, 'resource'), rulesOf(ofRoles, 'trust')];
    this.isAllKnown = parsed.every(({ problems }) => problems.length === 0);
  }

  /** Whether they may allow or deny something to a session of one role, but not to that of another: because it names one of them or its account. */
  distinguish(one: Session, other: Session): boolean {
    return !this.isAllKnown || one.account.key !== other.account.key
      || this.statements.some((statement) => mayName(statement, one) || mayName(statement, other));
  }

  /** Whether one of them depends on the value of a tag. */
  dependOn(tag: string): boolean {
    return this.rules.some((rules) => mentionsTag(rules, tag));
  }
}

/** Conditions with these keys can name a role. */
const KEYS_OF_CALLER = ['aws:principalarn', 'aws:userid', 'aws:username'];

const mayName = (statement: Statement, { caller }: Session): boolean => {
  const { principals, conditions = [], problems } = statement;
  return problems.length > 0 || principals?.negated === true || conditions.some(({ key }) => KEYS_OF_CALLER.includes(key.toString().toLowerCase()))
    || matchPrincipal(statement, caller, ['role', 'session']).truth !== 'no';
};

/** Whether rules depend on the value of a tag. Names of tags are compared without regard to case. */
export const mentionsTag = ({ allows, denies }: Rules, tag: string): boolean =>
  [...allows, ...denies].some(({ key }) => key.toLowerCase().includes(`aws:principaltag/${tag.toLowerCase()}`));
