import { BUDGETS_ACTION, policyOfAction, rolesOfAction } from './budget-actions';
import { inlinePolicies } from './inline-policies';
import { ManagedPolicies } from './managed-policies';
import { Findings } from '../../findings/findings';
import { stackOf } from '../../findings/gap';
import { Policy } from '../../policies/policy';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { allOf } from '../../values/truth';
import { readPolicy } from '../policy-document';
import { StackResource, StackResources } from '../stack-resources';

/** The type of a role. */
export const ROLE = 'AWS::IAM::Role';

/** A policy that is a separate resource, and the name of a role to which it is attached. */
interface Attachment {
  readonly roleName: Text;
  readonly account: Text;
  readonly key: string;
  readonly policy: Policy;
  readonly isInline: boolean;
  /** The stack that has it. */
  readonly stack: string;
}

/**
 * The policies of roles: in their own properties, and in separate resources.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export class RolePolicies {
  private readonly byRole = new Map<string, Attachment[]>();
  /** The stacks that have a role with a name. */
  private readonly stacks = new Map<string, Set<string>>();
  /** Attached to roles that are not those of the templates, as far as the templates show. */
  private readonly elsewhere: readonly Attachment[];

  constructor(resources: StackResources, private readonly managed: ManagedPolicies, private readonly findings: Findings) {
    const attachments = [
      ...resources.ofType('AWS::IAM::Policy', 'AWS::IAM::RolePolicy').flatMap((resource) =>
        resource.once('attachments', () => attachmentsOf(resource, this.inline(resource), true))),
      ...resources.ofType('AWS::IAM::ManagedPolicy').flatMap((resource) => resource.once('attachments', () => attachmentsOf(resource, managed.read(resource), false))),
      ...resources.ofType(BUDGETS_ACTION).flatMap((action) =>
        action.once('attachments', () => attachmentsTo(rolesOfAction(action), action, policyOfAction(action), false))),
    ];
    resources.ofType(ROLE).forEach((role) => {
      const key = ownKey(role);
      this.byRole.set(key, []);
      this.stacks.set(key, (this.stacks.get(key) ?? new Set()).add(stackOf(role.place())));
    });
    attachments.forEach((attachment) => this.byRole.get(attachment.key)?.push(attachment));
    this.elsewhere = attachments.filter(({ key }) => !this.byRole.has(key));
  }

  of(role: StackResource): Policy[] {
    const { inline, managed } = this.ownOf(role);
    const attached = this.attachedTo(role);
    const policiesIf = (isInline: boolean) => attached.filter((attachment) => attachment.isInline === isInline).map(({ policy }) => policy);
    return [
      ...inlinePolicies(role, [...inline, ...policiesIf(true)], this.findings),
      ...managed.map((arn, i) => this.byArn(arn, role, `Properties.ManagedPolicyArns[${i}]`)),
      ...policiesIf(false),
      ...this.possiblyOf(role),
    ];
  }

  /** Where several stacks have a role with the name, what is in one of them is of its own role. */
  private attachedTo(role: StackResource): Attachment[] {
    const [key, own] = [ownKey(role), stackOf(role.place())];
    return this.byRole.get(key)!.filter(({ stack }) => stack === own || !this.stacks.get(key)!.has(stack));
  }

  boundaryOf(role: StackResource): Policy | undefined {
    const { boundary } = this.ownOf(role);
    return boundary === undefined ? undefined : this.byArn(boundary, role, 'Properties.PermissionsBoundary');
  }

  /** What a role itself says about its policies. */
  private ownOf(role: StackResource) {
    return role.once('policies', () => ({
      inline: listOf(role.property('Policies')).map((policy, i) => {
        const [name, document] = policy instanceof ResolvedMap ? [policy.get('PolicyName'), policy.get('PolicyDocument')] : [undefined, policy];
        return readPolicy(`inline policy "${name instanceof Text ? name : i}"`, document, role.place(`Properties.Policies[${i}].PolicyDocument`), this.findings);
      }),
      managed: listOf(role.property('ManagedPolicyArns')),
      boundary: role.property('PermissionsBoundary'),
    }));
  }

  private byArn(arn: Resolved, role: StackResource, path: string): Policy {
    const place = role.place(path);
    return arn instanceof Text
      ? this.managed.named(arn, place, role.pseudoParameter('Region'))
      : { name: 'managed policy', place, unknown: `${path} of ${role.logicalId} is not an ARN` };
  }

  private possiblyOf(role: StackResource): Policy[] {
    return this.elsewhere.filter((attachment) => mayBeOf(attachment, role)).map(({ roleName, policy: { name, place, arn, document, unread } }) =>
      ({ name, place, arn, unknown: `it is attached to role ${roleName}, which may be ${role.logicalId}`, unread: document ?? unread }));
  }

  private inline(resource: StackResource): Policy {
    const name = resource.property('PolicyName');
    return readPolicy(`inline policy "${name instanceof Text ? name : resource.logicalId}"`,
      resource.property('PolicyDocument'), resource.place('Properties.PolicyDocument'), this.findings);
  }
}

/** `RoleName` is a property of `AWS::IAM::RolePolicy`, `Roles` of the other types. */
function attachmentsOf(resource: StackResource, policy: Policy, isInline: boolean): Attachment[] {
  const names = [...listOf(resource.property('Roles')), ...listOf(resource.property('RoleName'))].filter((name) => name instanceof Text);
  return attachmentsTo(names, resource, policy, isInline);
}

function attachmentsTo(names: readonly Text[], resource: StackResource, policy: Policy, isInline: boolean): Attachment[] {
  return names.map((roleName) => ({ roleName, account: resource.pseudoParameter('AccountId'), key: roleKey(resource, roleName), policy, isInline, stack: stackOf(resource.place()) }));
}

/**
 * Names of roles are unique in an account. They are not distinguished by case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const roleKey = (resource: StackResource, roleName: Text) => `${resource.pseudoParameter('AccountId').key}/${roleName.toLowerCase().key}`;

const ownKey = (role: StackResource) => role.once('key of role', () => roleKey(role, role.ref));

/** A literal is never the name that CloudFormation generates, because nobody can know that name when the template is written. */
const mayBeOf = ({ roleName, account }: Attachment, role: StackResource) => (roleName.unknowns.length > 0 || role.property('RoleName') !== undefined)
  && allOf([equal(account, role.pseudoParameter('AccountId')), equal(roleName.toLowerCase(), role.ref.toLowerCase())]) !== 'no';
