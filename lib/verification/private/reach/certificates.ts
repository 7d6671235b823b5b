import { Credentials } from './credentials';
import { withIdentity } from './federated-roles';
import { isUseful } from './is-useful';
import { mayRequest, requestsOf } from './may-request';
import { nextCredentials, possibleCredentials } from './next-credentials';
import { wayToCopy } from './way-to-copy';
import { AssignedModel } from '../assignments/assigned-model';
import { mayBeOf } from '../assignments/may-be-of';
import { Pods } from '../assignments/principal';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { READS_OF_PARAMETERS } from '../model/code/stored-writes';
import { readCertificates } from '../model/credentials/certificates';
import { mayBeOfCertificate } from '../model/credentials/secrets-with-certificates';
import { holderName } from '../model/holder-name';
import { KeyCopy } from '../model/identities';
import { candidateResources } from '../policies/candidate-resources';
import { Interned } from '../values/interned';
import { Text } from '../values/text';
import { isReference, textAfter } from '../values/text-parts';
import { Unknown } from '../values/unknown';

/**
 * The credentials of roles that trust IAM Roles Anywhere or AWS IoT, for pods that can mount a certificate: these give them a session of such a role if the authority of
 * the certificate is a trust anchor, or if it is registered with AWS IoT, which is not asked.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
 */
export function rolesByCertificate(pods: Pods, { model, roles }: AssignedModel): Credentials[] {
  const trusting = roles.trustingCertificates;
  const held = trusting.length === 0 ? undefined : certificates.of([model.objects, model.charts], () => readCertificates(model.objects, model.charts))
    .find(({ heldBy }) => mayBeOf(heldBy, pods));
  return held === undefined ? [] : trusting.map((one) => withIdentity(one,
    possibleCredentials(one.role, one.provider.toString(), `pods might get the certificate of ${held.where}, and so role ${one.role.label}, which trusts ${one.provider}`)));
}

/** Requests that read a secret or a parameter. */
const READS = ['secretsmanager:GetSecretValue', ...READS_OF_PARAMETERS];

/**
 * The same for credentials with which a principal may read a certificate from a secret or a parameter, in the templates or, as far as policies name it, elsewhere: by a
 * name of a certificate, by a folder, by a name that only the deployment knows, or with all others.
 */
export function rolesByStoredCertificate(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const trusting = roles.trustingCertificates.filter(({ role }) => isUseful(role, credentials));
  const way = trusting.length === 0 || !isInTemplates(credentials.role) ? undefined : storedRead(credentials, roles) ?? namedRead(credentials, roles);
  return way === undefined ? [] : trusting.map((one) => {
    const certificate = `${way.what}, and so might get a certificate from ${way.where}`;
    return withIdentity(one, nextCredentials(credentials, one.role, way.by, `${certificate}, and with it role ${one.role.label}, which trusts ${one.provider}`));
  });
}

interface Way { readonly by: string; readonly what: string; readonly where: string }

const storedRead = (credentials: Credentials, roles: RoleIndex): Way | undefined => roles.storedCertificates.flatMap((copy) => {
  const way = wayToCopy(copy, credentials, roles);
  return way ? [{ ...way, where: copy.where }] : [];
})[0];

const namedRead = (credentials: Credentials, roles: RoleIndex): Way | undefined => requestsOf(credentials, roles, READS).flatMap((action) =>
  candidateResources(credentials.role.policies, action).map(({ resource }) => resource).filter(mayNameCertificate)
    .filter((resource) => mayRequest(credentials, roles, action, resource) !== 'no')
    .map((resource): Way => ({ by: action, what: `${holderName(credentials.role)} may request ${action}`, where: `${resource}` })))[0];

/** Whether the ARN of a secret or a parameter elsewhere, as a policy has it, may be that of a certificate. */
function mayNameCertificate(resource: Text): boolean {
  const name = [':secret:', ':parameter/'].map((before) => textAfter(resource, before)).find((one) => one !== undefined);
  const { parts, unknowns } = name ?? resource;
  const isUnknown = name === undefined ? unknowns.length > 0 : unknowns.some(({ isOfPattern }) => !isOfPattern);
  return !isReference(resource) && (isUnknown || (name !== undefined && isFolder(name)) || parts.some((part) => typeof part === 'string' && mayBeOfCertificate(part)));
}

/** Whether a wildcard stands for whole names, and not only for the end of one. */
const isFolder = ({ parts }: Text): boolean => parts.some((part, i) => part instanceof Unknown && part.isOfPattern && /(^|\/)$/.test(`${parts[i - 1] ?? ''}`));

const certificates = new Interned<readonly KeyCopy[]>();
