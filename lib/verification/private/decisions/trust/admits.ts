import { Admitted } from './admits-only';
import { Decision } from '../../evaluation/decision';
import { strongest } from '../../evaluation/outcomes';
import { Role } from '../../model/model';
import { mayTrustService } from '../../policies/may-trust';
import { POD_IDENTITY, trustOfAssociation } from '../../reach/pod-identity';
import { admissionsOf } from '../../reach/web-identity';

/** Whether the trust policy of a role admits the pods of a service account, with their tokens or through EKS Pod Identity. */
export function admits(role: Role, { pods, cluster, issuers }: Admitted): Decision {
  const certain = issuers.filter(({ isOfCluster }) => isOfCluster === 'yes');
  const byToken = admissionsOf(role, pods, certain.length > 0 ? certain : issuers).map(({ decision, issuer }): Decision =>
    (decision.outcome === 'UNKNOWN' ? { ...decision, reasons: [issuer.reason, ...decision.reasons] } : decision));
  const throughAgent = trustOfAssociation(role, pods, cluster);
  const found = strongest([throughAgent, ...byToken]);
  const isAboutTokens = byToken.length > 0 && !mayTrustService(role.trustPolicy, POD_IDENTITY);
  return found.outcome === 'DENIED' ? { ...found, reasons: [...byToken, ...(isAboutTokens ? [] : [throughAgent])].flatMap(({ reasons }) => reasons) } : found;
}
