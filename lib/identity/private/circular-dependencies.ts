import { IConstruct } from 'constructs';
import { AccountSet, enclosingSet } from './account-sets';
import { isInTree } from '../../private/in-tree';
import { IServiceAccountRole } from '../service-account-role-interface';

/**
 * An error for each account that depends on its own set. The custom resource of a set refers to the roles of all its accounts, so none of
 * these roles can wait for it. CloudFormation would only list all resources of the circular dependency.
 */
export function circularDependenciesOf(set: AccountSet): string[] {
  const search = new Search(set.objects);
  const circular = accountsOf(set).filter(([account, role]) => awaitedOf(account, role).some((target) => search.leadsFrom(target)));
  return circular.map(([{ node: { path } }]) =>
    `${path} depends on a service account of this set, directly or indirectly, but all service accounts of a set are applied together: `
    + 'define it in another set, or without a set');
}

const accountsOf = (set: AccountSet) => [...set.roles].filter(([account]) => isInTree(account));

/**
 * The constructs that the custom resource of a set waits for because of an account: the dependencies of the account and of its role, but
 * not policies.
 */
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
    this.answers.set(construct, false); // so that a circular dependency ends the search
    const parts = construct.node.findAll();
    const leads = parts.includes(this.wanted) || [...construct.node.scopes, ...parts].flatMap(targetsOf).some((target) => this.leadsFrom(target));
    this.answers.set(construct, leads);
    return leads;
  }
}

/**
 * The constructs that a construct waits for: its dependencies and, if it is the custom resource of a set, the dependencies of the accounts.
 */
function targetsOf(construct: IConstruct): IConstruct[] {
  const set = enclosingSet(construct);
  const awaited = set?.objects === construct ? accountsOf(set).flatMap(([account, role]) => awaitedOf(account, role)) : [];
  return [...construct.node.dependencies, ...awaited];
}
