import { Change } from './change';
import { compareRules, OF_POLICY } from './compare-rules';
import { isService, Part } from './part';
import { Rule, Rules, rulesOf } from './rule';
import { Side } from './side';
import { arnTexts } from '../evaluation/arn';
import { Resource } from '../model/resource';

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
  const isOnOneSide = before.length === 0 || after.length === 0;
  const [old, now] = [before, after].map((resources) => grantsOf(resources, isOnOneSide));
  return compareRules(old, now, OF_POLICY).map((change) => [`policy of ${type} ${place.logicalId}`, change]);
}

/**
 * Without what they allow to AWS services: that gives nothing to pods. A policy of a new resource that names the account of the resource, such as the default one of
 * a key of AWS KMS, allows no more than no policy does: what policies of IAM allow.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function grantsOf(resources: readonly Resource[], isOnOneSide: boolean): Rules {
  const rules = rulesOf(resources.flatMap(({ policies }) => policies), 'resource');
  const ownAccount = isOnOneSide ? resources.flatMap(namesOfAccount) : [];
  const isLeft = (principal: Part) => !isService(principal) && !ownAccount.includes(principal.shown);
  const allows = rules.allows.map((rule): Rule => ({ ...rule, principals: rule.principals.filter(isLeft) }));
  return { ...rules, allows: allows.filter(({ principals }) => principals.length > 0) };
}

/** As principals of policies, which often have the partition of most Regions where the ARN of a resource has a pseudo parameter. */
function namesOfAccount({ account, arn }: Resource): string[] {
  const [, partition] = arnTexts(arn) ?? [];
  return [`AWS ${account}`, ...[partition, 'aws'].map((each) => `AWS arn:${each}:iam::${account}:root`)];
}
