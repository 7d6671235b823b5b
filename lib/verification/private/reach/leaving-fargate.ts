import { Credentials } from './credentials';
import { mayRequest } from './may-request';
import { withChains } from './role-chaining';
import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { isInTemplates } from '../assignments/role-index';
import { DELETE_STACK } from '../deployment/policy-changes';
import { holderName } from '../model/holder-name';

/**
 * After this request, or with the stack of the profile, the next pods run on other nodes, unless another profile selects them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/delete-fargate-profile.html
 */
const REQUEST = 'eks:DeleteFargateProfile';

/** The same pods, which may run on other nodes than those of Fargate if their credentials let them delete its profiles. */
export function movedFromFargate(own: readonly Credentials[], pods: Pods, { model, roles }: AssignedModel): Pods {
  const { workload } = pods;
  const found = workload?.fargate ? withChains([...own], roles).filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role)) : [];
  const profiles = model.fargateSelectors.filter(({ cluster }) => cluster.is(pods.cluster) !== 'no');
  const stacks = found.length > 0 ? profiles.flatMap(({ place }) => roles.stacksOf(place)) : [];
  const moving = found.map((one) => ({
    role: one.role,
    request: mayRequest(one, roles, REQUEST) !== 'no' ? REQUEST
      : stacks.some((arn) => mayRequest(one, roles, DELETE_STACK, arn) !== 'no') ? DELETE_STACK : undefined,
  })).find(({ request }) => request !== undefined);
  return workload && moving ? { ...pods, workload: { ...workload, fargate: undefined, maybeNotOnLinux: `${holderName(moving.role)} may request ${moving.request}` } } : pods;
}
