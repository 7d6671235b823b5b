import { Credentials } from './credentials';
import { withIdentity } from './federated-roles';
import { possibleCredentials } from './next-credentials';
import { AssignedModel } from '../assignments/assigned-model';
import { mayBeOf } from '../assignments/may-be-of';
import { Pods } from '../assignments/principal';
import { readCertificates } from '../model/deployment/certificates';
import { KeyCopy } from '../model/identities';
import { Interned } from '../values/interned';

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

const certificates = new Interned<readonly KeyCopy[]>();
