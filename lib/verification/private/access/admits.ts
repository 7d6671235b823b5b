import { Admitted } from './admits-only';
import { strongest } from './judgement';
import { POD_IDENTITY, trustOfAssociation } from './pod-identity';
import { mayTrustService } from './trust-principals';
import { admissionsOf } from './web-identity';
import { Decision } from '../evaluation/decision';
import { Role } from '../model/model';

/** Whether the trust policy of a role admits the pods of a service account, with their tokens or through EKS Pod Identity. */
export function admits(role: Role, { pods, cluster, issuers }: Admitted): Decision {
  const certain = issuers.filter(({ isOfCluster }) => isOfCluster === 'yes');
  const byToken = admissionsOf(role, pods, certain.length > 0 ? certain : issuers).map(({ decision }) => decision);
  const throughAgent = trustOfAssociation(role, pods, cluster);
  const found = strongest([throughAgent, ...byToken]);
  const isAboutTokens = byToken.length > 0 && !mayTrustService(role.trustPolicy, POD_IDENTITY);
  return found.outcome === 'DENIED' ? { ...found, reasons: [...byToken, ...isAboutTokens ? [] : [throughAgent]].flatMap(({ reasons }) => reasons) } : found;
}
