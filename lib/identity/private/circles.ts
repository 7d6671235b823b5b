import { Construct, IConstruct } from 'constructs';

/**
 * Why a set would wait for itself: its custom resource waits for the roles of all its accounts, so that none of these can wait for an
 * account of the set. CloudFormation would refuse the template without saying why.
 *
 * @param set the set, around its accounts.
 * @param objects its custom resource.
 */
export function circlesOf(set: Construct, objects: Construct): string[] {
  const accounts = set.node.children.filter((child) => child !== objects);
  return accounts.filter((account) => waitsFor(account, objects, new Set())).map((account) =>
    `${account.node.path} waits for an account of this set, but all accounts of a set are applied together: define it in another set, or outside of one`);
}

function waitsFor(construct: IConstruct, wanted: IConstruct, seen: Set<IConstruct>): boolean {
  return construct.node.findAll().some((part) => {
    if (part === wanted) {
      return true;
    }
    if (seen.has(part)) {
      return false;
    }
    seen.add(part);
    return part.node.dependencies.some((dependency) => waitsFor(dependency, wanted, seen));
  });
}
