import { ManagedPolicies } from './managed-policies';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { listOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { Role } from '../model';
import { readPolicy } from '../policy-document';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';
import { UNKNOWN_TAGS } from '../tags';

/**
 * The roles that AWS IAM Identity Center makes of the permission sets of the templates, in each account to which it assigns one. The people who have them are in a
 * directory.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
export const readPermissionSets = (resources: StackResources, managed: ManagedPolicies, findings: Findings): Role[] =>
  resources.ofType('AWS::SSO::PermissionSet').map((set) => {
    const unknown = (label: string) => Text.unknown(new Unknown(`${label} of ${set.ref.key}`, { label: `the ${label} of permission set ${set.logicalId}` }));
    return {
      noun: 'role',
      label: `of permission set ${set.logicalId}`,
      arn: unknown('role'),
      account: unknown('account'),
      trustPolicy: { name: 'trust policy', unknown: 'only the people to whom the permission set is assigned have the role' },
      policies: policiesOf(set, managed, findings),
      boundary: set.property('PermissionsBoundary') === undefined ? undefined : outsidePolicy('PermissionsBoundary', set),
      tags: UNKNOWN_TAGS,
      place: set.place(),
    };
  });

function policiesOf(set: StackResource, managed: ManagedPolicies, findings: Findings): Policy[] {
  const inline = set.property('InlinePolicy');
  return [
    ...(inline === undefined ? [] : [readPolicy('inline policy', inline, set.place('Properties.InlinePolicy'), findings)]),
    ...listOf(set.property('ManagedPolicies')).map((arn, i) => {
      const text = textOf(arn);
      const path = `ManagedPolicies[${i}]`;
      return text ? managed.named(text, set.place(`Properties.${path}`), set.pseudoParameter('Region')) : outsidePolicy(path, set);
    }),
    ...listOf(set.property('CustomerManagedPolicyReferences')).map((_, i) => outsidePolicy(`CustomerManagedPolicyReferences[${i}]`, set)),
  ];
}

/** A policy that each account has for itself. */
const outsidePolicy = (property: string, set: StackResource): Policy =>
  ({ name: property, place: set.place(`Properties.${property}`), unknown: `${property} of ${set.logicalId} names a policy of each account` });
