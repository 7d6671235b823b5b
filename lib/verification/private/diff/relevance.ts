import { comparedRoles } from './compare-roles';
import { Rules, rulesOf } from './rule';
import { sessionOfRole, sessionsOf } from './session';
import { Side } from './side';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/** What can make a difference in the settings of resources: whose credentials there are, and the keys of conditions and policy variables in all policies. */
export class Relevance {
  private readonly accounts: ReadonlySet<string>;
  private readonly mentioned: readonly string[];

  constructor(sides: ReadonlyArray<Pick<Side, 'model' | 'principals'>>) {
    this.accounts = new Set(sides.flatMap(({ model: { roles, users } }) => [...roles, ...users].map(({ account }) => account.key)));
    this.mentioned = [...new Set(sides.flatMap(rulesIn))].flatMap(textsIn);
  }

  /** Whether policies depend on the value of a key, or of one that starts so. Keys are compared without regard to case: this one is in lower case. */
  dependOn(key: string): boolean {
    return this.mentioned.some((text) => text.includes(key));
  }

  /** Whether there are roles or users of other accounts than this one. */
  hasOthersThan(account: Text): boolean {
    return [...this.accounts].some((key) => key !== account.key);
  }
}

function rulesIn({ model: { resources, roles }, model, principals }: Pick<Side, 'model' | 'principals'>): Rules[] {
  const sessions = [...comparedRoles(model, principals).map(sessionOfRole), ...principals.flatMap(({ reach }) => sessionsOf(reach.credentials))];
  return [
    ...sessions.flatMap(({ grants, limits }) => [grants, ...limits.values()]),
    rulesOf(resources.flatMap(({ policies }) => policies), 'resource'),
    rulesOf(roles.map(({ trustPolicy }) => trustPolicy), 'trust'),
  ];
}

/** Most rules mention none of the keys of resources. */
const textsIn = (rules: Rules): readonly string[] => texts.of([rules], () => [...rules.allows, ...rules.denies]
  .map(({ key }) => key.toLowerCase()).filter((key) => OF_RESOURCES.some((name) => key.includes(name))));

const OF_RESOURCES = ['aws:resourcetag/', 'aws:requestedregion'];

const texts = new Interned<readonly string[]>();
