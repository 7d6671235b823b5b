import { ManagedPolicies } from './managed-policies';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { anyOf, Truth } from '../../values/truth';
import { Role } from '../model';
import { readPolicy } from '../policy-document';
import { StackResource, StackResources } from '../stack-resources';
import { tagsOf } from '../tags';

/** The type of a user. */
export const USER = 'AWS::IAM::User';

/**
 * The users of the templates. They are read like roles, which nobody assumes. What they have from groups is not known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html
 */
export const readUsers = (resources: StackResources, managed: ManagedPolicies, findings: Findings): Role[] => resources.ofType(USER).map((user) => {
  const byArn = (arn: Resolved): Policy => (arn instanceof Text ? managed.named(arn, user.place(), user.pseudoParameter('Region'))
    : { name: 'managed policy', place: user.place(), unknown: `a policy of ${user.logicalId} is not an ARN` });
  const inline = (policy: Resolved): Policy =>
    readPolicy('inline policy', policy instanceof ResolvedMap ? policy.get('PolicyDocument') : policy, user.place('Properties.Policies'), findings);
  return {
    label: user.logicalId,
    arn: user.attribute('Arn'),
    account: user.pseudoParameter('AccountId'),
    trustPolicy: { name: 'trust policy', unknown: 'nobody assumes a user' },
    policies: [
      ...listOf(user.property('Policies')).map(inline),
      ...listOf(user.property('ManagedPolicyArns')).map(byArn),
      ...attachedPolicies(user, resources, managed, findings),
      ...policiesOfGroups(user, resources),
    ],
    boundary: listOf(user.property('PermissionsBoundary')).map(byArn)[0],
    tags: tagsOf(user, findings),
    place: user.place(),
  };
});

function attachedPolicies(user: StackResource, resources: StackResources, managed: ManagedPolicies, findings: Findings): Policy[] {
  const found = resources.ofType('AWS::IAM::Policy', 'AWS::IAM::UserPolicy', 'AWS::IAM::ManagedPolicy').map((resource) => ({ resource, isOf: namesUser(resource, user) }));
  return found.filter(({ isOf }) => isOf !== 'no').map(({ resource, isOf }) => {
    const policy = resource.type === 'AWS::IAM::ManagedPolicy' ? managed.read(resource)
      : readPolicy(`inline policy "${resource.logicalId}"`, resource.property('PolicyDocument'), resource.place('Properties.PolicyDocument'), findings);
    return isOf === 'yes' ? policy : { ...policy, document: undefined, unknown: `it may be attached to user ${user.logicalId}` };
  });
}

function policiesOfGroups(user: StackResource, resources: StackResources): Policy[] {
  const isMember = listOf(user.property('Groups')).length > 0
    || resources.ofType('AWS::IAM::UserToGroupAddition').some((addition) => namesUser(addition, user) !== 'no');
  return isMember ? [{ name: 'the policies of groups', place: user.place(), unknown: `what user ${user.logicalId} may do as a member of groups is not read` }] : [];
}

/** Whether a resource names a user. */
const namesUser = (resource: StackResource, { ref }: StackResource): Truth => anyOf(
  [...listOf(resource.property('Users')), ...listOf(resource.property('UserName'))].map((name) => (name instanceof Text ? equal(name, ref) : 'unknown')));
