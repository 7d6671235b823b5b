import { Role } from '../model';
import { readPolicy } from '../policy-document';
import { HeldPolicies } from './held-policies';
import { ROLE } from './holder-kinds';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { Interned } from '../../values/interned';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';
import { tagsOf } from '../tags';

/**
 * The roles of the templates.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function readRoles(resources: StackResources, policies: HeldPolicies, findings: Findings): Role[] {
  return resources.ofType(ROLE).map((resource) => readRole(resource, policies, findings));
}

function readRole(resource: StackResource, policies: HeldPolicies, findings: Findings): Role {
  const own = resource.once('role', () => ({
    noun: 'role' as const,
    label: resource.logicalId,
    arn: resource.attribute('Arn'),
    account: resource.pseudoParameter('AccountId'),
    id: resource.attribute('RoleId'),
    trustPolicy: readTrustPolicy(resource, findings),
    place: resource.place(),
  }));
  const [all, boundary] = [policies.of(resource), policies.boundaryOf(resource)];
  const tags = resource.once('tags', () => tagsOf(resource, findings));
  return roles.of([own, boundary, tags, ...all], () => ({ ...own, policies: all, boundary, tags }));
}

const roles = new Interned<Role>();

/** The trust policy of a role: an object, or a string with the JSON of one. */
export const readTrustPolicy = (role: StackResource, findings: Findings): Policy =>
  readPolicy('trust policy', role.property('AssumeRolePolicyDocument'), role.place('Properties.AssumeRolePolicyDocument'), findings);
