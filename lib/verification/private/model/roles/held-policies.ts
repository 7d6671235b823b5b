import { BUDGETS_ACTION, namesOfAction, policyOfAction } from './budget-actions';
import { HolderKind } from './holder-kinds';
import { inlinePolicies, NamedPolicy } from './inline-policies';
import { ManagedPolicies } from './managed-policies';
import { AccessPlace } from '../../../access-reason';
import { Findings } from '../../findings/findings';
import { stackOf } from '../../findings/gap';
import { Policy } from '../../policies/policy';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { readPolicy } from '../policy-document';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A policy that is a separate resource, and the name of a holder to which it is attached. */
export interface Attachment {
  readonly name: Text;
  readonly account: Text;
  readonly key: string;
  readonly policy: Policy;
  /** The name of an inline policy. */
  readonly inlineName?: Text;
  /** Of the holder, unless it has a path. */
  readonly arn: Text;
  readonly place: AccessPlace;
}

/**
 * The policies of roles, users or groups: in their own properties, and in separate resources.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export class HeldPolicies {
  private readonly byHolder = new Map<string, Attachment[]>();
  /** The stacks that have a holder with a name. */
  private readonly stacks = new Map<string, Set<string>>();
  /** Attached to holders that are not those of the templates, as far as the templates show. */
  readonly elsewhere: readonly Attachment[];

  /** @param ofGroups the policies that users have from their groups. */
  constructor(
    private readonly kind: HolderKind, resources: StackResources, private readonly managed: ManagedPolicies, private readonly findings: Findings,
    ofGroups: readonly Attachment[] = [],
  ) {
    const attachments = [
      ...resources.ofType('AWS::IAM::Policy', kind.inlinePolicy).flatMap((resource) =>
        resource.once(`attachments to ${kind.names}`, () => attachmentsOf(kind, resource, this.inline(resource), nameOf(resource.property('PolicyName'), resource.logicalId)))),
      ...resources.ofType('AWS::IAM::ManagedPolicy').flatMap((resource) =>
        resource.once(`attachments to ${kind.names}`, () => attachmentsOf(kind, resource, managed.read(resource)))),
      ...resources.ofType(BUDGETS_ACTION).flatMap((action) =>
        action.once(`attachments to ${kind.names}`, () => attachmentsTo(kind, namesOfAction(action, kind.names), action, policyOfAction(action)))),
      ...ofGroups,
    ];
    resources.ofType(kind.type).forEach((holder) => {
      const key = ownKey(holder);
      this.byHolder.set(key, []);
      this.stacks.set(key, (this.stacks.get(key) ?? new Set()).add(stackOf(holder.place())));
    });
    attachments.forEach((attachment) => this.byHolder.get(attachment.key)?.push(attachment));
    this.elsewhere = attachments.filter(({ key }) => !this.byHolder.has(key));
  }

  of(holder: StackResource): Policy[] {
    const { inline, managed } = this.ownOf(holder);
    const [attached, possible] = [this.attachedTo(holder), this.possiblyOf(holder)];
    return [
      ...inlinePolicies(`${this.kind.noun} ${holder.logicalId}`, [...inline, ...inlineOf(attached), ...inlineOf(possible)], this.findings),
      ...managed.map((arn, i) => this.byArn(arn, holder, `Properties.ManagedPolicyArns[${i}]`)),
      ...managedOf(attached),
      ...managedOf(possible),
    ];
  }

  /** Where several stacks have a holder with the name, what is in one of them is of its own holder. */
  private attachedTo(holder: StackResource): Attachment[] {
    const [key, own] = [ownKey(holder), stackOf(holder.place())];
    return this.byHolder.get(key)!.filter(({ place }) => stackOf(place) === own || !this.stacks.get(key)!.has(stackOf(place)));
  }

  boundaryOf(holder: StackResource): Policy | undefined {
    const { boundary } = this.ownOf(holder);
    return boundary === undefined ? undefined : this.byArn(boundary, holder, 'Properties.PermissionsBoundary');
  }

  /** What a holder itself says about its policies. */
  private ownOf(holder: StackResource) {
    return holder.once('policies', () => ({
      inline: listOf(holder.property('Policies')).map((policy, i) => {
        const [given, document] = policy instanceof ResolvedMap ? [policy.get('PolicyName'), policy.get('PolicyDocument')] : [undefined, policy];
        const name = nameOf(given, `${i}`);
        return { name, policy: readPolicy(`inline policy "${name}"`, document, holder.place(`Properties.Policies[${i}].PolicyDocument`), this.findings) };
      }),
      managed: listOf(holder.property('ManagedPolicyArns')),
      boundary: holder.property('PermissionsBoundary'),
    }));
  }

  private byArn(arn: Resolved, holder: StackResource, path: string): Policy {
    const place = holder.place(path);
    return arn instanceof Text
      ? this.managed.named(arn, place, holder.pseudoParameter('Region'))
      : { name: 'managed policy', place, unknown: `${path} of ${holder.logicalId} is not an ARN` };
  }

  private possiblyOf(holder: StackResource): Attachment[] {
    return this.elsewhere.filter((attachment) => mayBeOf(attachment, holder)).map((attachment) => {
      const { name: of, policy: { name, place, arn, document, unread } } = attachment;
      return { ...attachment, policy: { name, place, arn, unknown: `it is attached to ${this.kind.noun} ${of}, which may be ${holder.logicalId}`, unread: document ?? unread } };
    });
  }


  private inline(resource: StackResource): Policy {
    const name = nameOf(resource.property('PolicyName'), resource.logicalId);
    return readPolicy(`inline policy "${name}"`, resource.property('PolicyDocument'), resource.place('Properties.PolicyDocument'), this.findings);
  }
}

const mayBeOf = ({ name, account }: Attachment, holder: StackResource): boolean =>
  equal(name.toLowerCase(), holder.ref.toLowerCase()) !== 'no' && equal(account, holder.pseudoParameter('AccountId')) !== 'no';

const nameOf = (name: Resolved, otherwise: string): Text => (name instanceof Text ? name : Text.of(otherwise));

const inlineOf = (attachments: readonly Attachment[]): NamedPolicy[] =>
  attachments.flatMap(({ inlineName, policy }) => (inlineName ? [{ name: inlineName, policy }] : []));

const managedOf = (attachments: readonly Attachment[]): Policy[] => attachments.flatMap(({ inlineName, policy }) => (inlineName ? [] : [policy]));

/** `RoleName` is a property of `AWS::IAM::RolePolicy`, `Roles` of the other types. */
function attachmentsOf(kind: HolderKind, resource: StackResource, policy: Policy, inlineName?: Text): Attachment[] {
  const names = [...listOf(resource.property(kind.names)), ...listOf(resource.property(kind.name))].filter((name) => name instanceof Text);
  return attachmentsTo(kind, names, resource, policy, inlineName);
}

/** What a resource attaches to the holders with some names. */
export function attachmentsTo(
  { noun }: HolderKind, names: readonly Text[], resource: StackResource, policy: Policy, inlineName?: Text,
): Attachment[] {
  const [partition, account] = [resource.pseudoParameter('Partition'), resource.pseudoParameter('AccountId')];
  return names.map((name) => ({
    name,
    account,
    key: holderKey(resource, name),
    policy,
    inlineName,
    arn: Text.join([Text.of('arn:'), partition, Text.of(':iam::'), account, Text.of(`:${noun}/`), name]),
    place: resource.place(),
  }));
}

/**
 * Names of roles, users and groups are unique in an account. They are not distinguished by case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const holderKey = (resource: StackResource, name: Text): string => `${resource.pseudoParameter('AccountId').key}/${name.toLowerCase().key}`;

const ownKey = (holder: StackResource) => holder.once('key of holder', () => holderKey(holder, holder.ref));
