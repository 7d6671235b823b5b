/** A kind of what has policies of IAM, and how policies and other resources name one. */
export interface HolderKind {
  readonly noun: 'role' | 'user' | 'group';
  readonly type: string;
  /** The property with its own name. */
  readonly name: string;
  /** The property with the names of those to which a policy is attached. */
  readonly names: string;
  /** The type of an inline policy that is a separate resource for one of them, which `name` names. */
  readonly inlinePolicy: string;
}

/** The type of a role. */
export const ROLE = 'AWS::IAM::Role';

export const ROLES: HolderKind = { noun: 'role', type: ROLE, name: 'RoleName', names: 'Roles', inlinePolicy: 'AWS::IAM::RolePolicy' };
export const USERS: HolderKind = { noun: 'user', type: 'AWS::IAM::User', name: 'UserName', names: 'Users', inlinePolicy: 'AWS::IAM::UserPolicy' };
export const GROUPS: HolderKind = { noun: 'group', type: 'AWS::IAM::Group', name: 'GroupName', names: 'Groups', inlinePolicy: 'AWS::IAM::GroupPolicy' };
