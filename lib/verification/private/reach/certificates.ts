import { Credentials } from './credentials';
import { withIdentity } from './federated-roles';
import { possibleCredentials } from './next-credentials';
import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { HeldCertificate, readCertificates } from '../model/objects/certificates';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';

/**
 * The credentials of roles that trust IAM Roles Anywhere, for pods that can mount a certificate: it gives them a session of such a role if its authority is a trust
 * anchor, which is not asked.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function rolesByCertificate({ cluster, namespace }: Pods, { model, roles }: AssignedModel): Credentials[] {
  const trusting = roles.trustingCertificates;
  const held = trusting.length === 0 ? undefined : certificates.of([model.objects, model.charts], () => readCertificates(model.objects, model.charts))
    .find((one) => one.cluster.is(cluster) !== 'no' && (one.namespace === undefined || equal(one.namespace, namespace) !== 'no'));
  return held === undefined ? [] : trusting.map((one) => withIdentity(one,
    possibleCredentials(one.role, 'IAM Roles Anywhere', `pods might get the certificate of ${held.label}, and so role ${one.role.label}, which trusts ${one.provider}`)));
}

const certificates = new Interned<readonly HeldCertificate[]>();
