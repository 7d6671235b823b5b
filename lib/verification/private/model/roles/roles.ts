import { Role } from '../model';
import { readPolicy } from '../policy-document';
import { ROLE, RolePolicies } from './role-policies';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { StackResource, StackResources } from '../stack-resources';
import { tagsOf } from '../tags';

/**
 * The roles of the templates.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function readRoles(resources: StackResources, policies: RolePolicies, findings: Findings): Role[] {
  return resources.ofType(ROLE).map((resource) => readRole(resource, policies, findings));
}

const readRole = (resource: StackResource, policies: RolePolicies, findings: Findings): Role => ({
  label: resource.logicalId,
  arn: resource.attribute('Arn'),
  account: resource.pseudoParameter('AccountId'),
  trustPolicy: readTrustPolicy(resource, findings),
  policies: policies.of(resource),
  boundary: policies.boundaryOf(resource),
  tags: tagsOf(resource, findings),
  place: resource.place(),
});

/** The trust policy of a role: an object, or a string with the JSON of one. */
export const readTrustPolicy = (role: StackResource, findings: Findings): Policy =>
  readPolicy('trust policy', role.property('AssumeRolePolicyDocument'), role.place('Properties.AssumeRolePolicyDocument'), findings);
