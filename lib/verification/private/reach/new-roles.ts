import { Credentials } from './credentials';
import { requestable } from './may-request';
import { nextCredentials } from './next-credentials';
import { oncePerSession } from './once-per-session';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { arnTexts } from '../evaluation/arn';
import { holderName } from '../model/holder-name';
import { Role } from '../model/model';
import { Interned } from '../values/interned';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';
import { ANY_RESOURCE } from '../values/wildcards';

export const CREATE_ROLE = 'iam:CreateRole';

/**
 * The credentials of roles that a principal might create, which trust it in any way that it chooses. Without policies of their own, they can still do what policies of
 * resources allow to everyone, mostly under conditions, such as on the ARN, and assume roles that trust everyone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function newRoles(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const created = isInTemplates(credentials.role) ? rolesCreatedWith(credentials) : []; // most roles may create none
  return (created.length > 0 && roles.admitEveryone ? created : []).map((resource) => {
    const role = newRole(credentials.role, resource);
    const get = `create a role like ${role.arn}, and get what policies allow to everyone with its ARN or its tags`;
    const next = nextCredentials(credentials, role, CREATE_ROLE, `${holderName(credentials.role)} may request ${CREATE_ROLE}, and so might ${get}`);
    return { ...next, session: { ...next.session, hasChosenTags: true, federatedProvider: 'unknown' } };
  });
}

/** What stands for the roles that credentials may create. */
const rolesCreatedWith = (credentials: Credentials): readonly Text[] =>
  oncePerSession(creating, credentials, [], () => requestable(credentials, CREATE_ROLE));

const creating = new Interned<readonly Text[]>();

const known = new Interned<Role>();

/** A role that a request on some resource creates, in the account of the role that makes the request. */
const newRole = (by: Role, resource: Text): Role => known.of([by, resource.key], () => {
  const [, partition = Text.of('aws')] = arnTexts(by.arn) ?? [];
  const name = textAfter(resource, ':role/') ?? ANY_RESOURCE;
  return {
    noun: 'role',
    label: `${name}, which it creates`,
    arn: Text.join([Text.of('arn'), partition, Text.of('iam'), Text.EMPTY, by.account, Text.join([Text.of('role/'), name])], ':'),
    account: by.account,
    trustPolicy: { name: 'trust policy', unknown: 'the principal writes it' },
    policies: [],
    tags: new Map(),
    place: by.place,
    isNew: true,
  };
});
