import { keptPolicies } from './kept-policies';
import { isVersionOf } from './lambda-permissions';
import { NamedPolicy } from './separate-policies';
import { Findings } from '../../findings/findings';
import { scopeOfType } from '../../resource-types/scope-of-type';
import { Text } from '../../values/text';
import { Resource } from '../resource';

/**
 * The resources that are not in the templates, but have policies there.
 *
 * @param functions the ARNs of the functions of the templates, whose versions and aliases have no other policies.
 */
export function resourcesElsewhere(policies: readonly NamedPolicy[], functions: readonly Text[], findings: Findings): Resource[] {
  const byArn = new Map<string, NamedPolicy[]>();
  for (const policy of policies) {
    const arn = arnOf(policy);
    if (arn.startsWith('arn')) {
      byArn.set(arn.key, [...byArn.get(arn.key) ?? [], policy]);
    } else {
      const message = `the resource ${policy.target} of ${policy.resource.logicalId} is not in the templates: its policy is left out`;
      findings.addGap('policy-of-unknown-resource', message, policy.resource.place(), scopeOfType(policy.type));
    }
  }
  return [...byArn.values()].map((ofOne) => resourceElsewhere(ofOne, functions, findings));
}

const arnOf = ({ type, target, resource }: NamedPolicy): Text =>
  (type === 'AWS::S3::Bucket' ? Text.join([Text.of('arn'), resource.pseudoParameter('Partition'), Text.of('s3::'), target], ':') : target);

/** A function outside the templates can have other permissions, too. */
function resourceElsewhere(named: readonly NamedPolicy[], functions: readonly Text[], findings: Findings): Resource {
  const [{ type, resource }] = named;
  const [arn, place] = [arnOf(named[0]), resource.place()];
  const hasOthers = type === 'AWS::Lambda::Function' && !functions.some((one) => isVersionOf(one, arn));
  const others = hasOthers ? [{ name: `permissions of ${arn}`, place, unknown: 'the function is not in the templates, so that it can have others' }] : [];
  return { type, arn, account: resource.pseudoParameter('AccountId'), policies: [...keptPolicies(arn, named, findings), ...others], isElsewhere: true, place };
}
