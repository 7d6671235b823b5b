import { Credentials } from './credentials';
import { AssignedModel } from '../assignments/assigned-model';
import { Cluster } from '../model/model';

/** Credentials of EKS Pod Identity, which the agent gets only with the permission of its node. */
export function withNodePermission(credentials: Credentials, cluster: Cluster, assigned: AssignedModel): Credentials {
  if (credentials.isObtained === 'no') {
    return credentials;
  }
  const { truth, reasons, assumed } = assigned.agentPermissionOf(cluster);
  const all = { ...credentials, assumed: [...credentials.assumed ?? [], ...assumed], chain: [...credentials.chain, ...reasons] };
  switch (truth) {
    case 'yes': return all;
    case 'no': return { ...all, isObtained: 'no', broken: reasons[0] };
    case 'unknown': return {
      ...all,
      isObtained: 'unknown',
      missing: [...credentials.missing, ...reasons.map(({ what }) => `whether pods run on nodes whose agent gets credentials: ${what}`)],
    };
  }
}
