import { IConstruct } from 'constructs';
import { AccountSet, setAround } from './account-sets';
import { isInTree } from '../../private/in-tree';
import { IServiceAccountRole } from '../service-account-role-interface';

/**
 * An error for each account that depends on its own set. The custom resource of a set refers to the roles of all its accounts, so that none
 * of these roles can wait for it. CloudFormation would only list all resources of the circle.
 */
export function circularDependenciesOf(set: AccountSet): string[] {
  const search = new Search(set.objects);
  const circular = accountsOf(set).filter(([account, role]) => awaitedOf(account, role).some((target) => search.leadsFrom(target)));
  return circular.map(([{ node: { path } }]) =>
    `${path} depends on an account of this set, directly or through others, but all accounts of a set are applied together: `
    + 'define it in another set, or outside of sets');
}

const accountsOf = (set: AccountSet) => [...set.roles].filter(([account]) => isInTree(account));

/** What the custom resource of a set waits for on behalf of an account: the role, but not its policies, and what the account depends on. */
const awaitedOf = (account: IConstruct, { role }: IServiceAccountRole): IConstruct[] =>
  [account, role.node.defaultChild ?? role].flatMap(({ node }) => node.scopes).flatMap(({ node }) => node.dependencies);

/** Follows dependencies to a construct. */
class Search {
  private readonly answers = new Map<IConstruct, boolean>();

  constructor(private readonly wanted: IConstruct) {}

  public leadsFrom(construct: IConstruct): boolean {
    const known = this.answers.get(construct);
    if (known !== undefined) {
      return known;
    }
    this.answers.set(construct, false); // so that a circle ends
    const parts = construct.node.findAll();
    const leads = parts.includes(this.wanted) || [...construct.node.scopes, ...parts].flatMap(targetsOf).some((target) => this.leadsFrom(target));
    this.answers.set(construct, leads);
    return leads;
  }
}

/** What a construct waits for: its dependencies, and if it is the custom resource of a set, those of the accounts. */
function targetsOf(construct: IConstruct): IConstruct[] {
  const set = setAround(construct);
  const awaited = set?.objects === construct ? accountsOf(set).flatMap(([account, role]) => awaitedOf(account, role)) : [];
  return [...construct.node.dependencies, ...awaited];
}
