import { Credentials } from './credentials';
import { mayRequest } from './may-request';
import { withChains } from './role-chaining';
import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { isInTemplates } from '../assignments/role-index';
import { holderName } from '../model/holder-name';

/**
 * After this request, the next pods run on other nodes, unless another profile selects them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/delete-fargate-profile.html
 */
const REQUEST = 'eks:DeleteFargateProfile';

/** The same pods, which may run on other nodes than those of Fargate if their credentials let them delete its profiles. */
export function movedFromFargate(own: readonly Credentials[], pods: Pods, { roles }: AssignedModel): Pods {
  const { workload } = pods;
  const found = workload?.fargate ? withChains([...own], roles) : [];
  const moving = found.find((one) => one.isObtained !== 'no' && isInTemplates(one.role) && mayRequest(one, roles, REQUEST) !== 'no');
  return workload && moving ? { ...pods, workload: { ...workload, fargate: undefined, maybeNotOnLinux: `${holderName(moving.role)} may request ${REQUEST}` } } : pods;
}
