import { Change } from './change';
import { compareRules, OF_POLICY } from './compare-rules';
import { rulesOf } from './rule';
import { Side } from './side';
import { Resource } from '../model/model';

/** What changed in the policies of the resources of two assemblies. */
export function compareResourcePolicies(before: Side, after: Side): Array<[string, Change]> {
  const [old, now] = [before, after].map(({ model }) => byArn(model.resources));
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => changesOf(old.get(key), now.get(key)));
}

/** A resource outside the templates has an entry for each of its policies. */
function byArn(resources: readonly Resource[]): Map<string, Resource[]> {
  const found = new Map<string, Resource[]>();
  resources.forEach((resource) => found.set(resource.arn.key, [...found.get(resource.arn.key) ?? [], resource]));
  return found;
}

function changesOf(before: readonly Resource[] = [], after: readonly Resource[] = []): Array<[string, Change]> {
  const [{ type, place }] = [...after, ...before];
  return compareRules(policiesOf(before), policiesOf(after), OF_POLICY).map((change) => [`policy of ${type} ${place.logicalId}`, change]);
}

const policiesOf = (resources: readonly Resource[]) => rulesOf(resources.flatMap(({ policies }) => policies), 'resource');
