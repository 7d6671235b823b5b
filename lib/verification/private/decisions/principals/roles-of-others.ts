import { mayAdmitOtherCluster } from './trusted-principals';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeProviderOfEks } from '../../assignments/providers-of-eks';
import { Role } from '../../model/model';
import { mayTrustOthers } from '../../policies/may-trust';
import { Principal, Statement } from '../../policies/statement';
import { POD_IDENTITY } from '../../reach/pod-identity';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

const INSTANCES = Text.of('ec2.amazonaws.com');

/**
 * Whether somebody may have sessions of a role besides the pods and nodes that are principals of their own, and the sessions of other roles that lead to it: an AWS
 * service, another account, a user outside the templates, or another identity provider.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function mayBeOfOthers(role: Role, assigned: AssignedModel): boolean {
  const isOfKnown = ({ effect, principals }: Statement) => effect === 'Deny'
    || (principals !== undefined && !principals.negated && principals.principals.every((principal) => isKnown(principal, role, assigned)));
  return mayAdmitOtherCluster(role, assigned) || mayTrustOthers(role.trustPolicy, isOfKnown);
}

function isKnown({ kind, name }: Principal, role: Role, assigned: AssignedModel): boolean {
  switch (kind) {
    case 'Federated': return mayBeProviderOfEks(name); // whoever it may be has a row
    case 'Service': return isSame(name, POD_IDENTITY) || (isSame(name, INSTANCES) && isOfNodesOnly(role, assigned));
    case 'AWS': return assigned.roles.hasArn(name);
    case 'CanonicalUser': return false;
  }
}

/** Instances that are not nodes can have the role of nodes, too. */
function isOfNodesOnly(role: Role, { model: { nodegroups, otherInstances }, roles }: AssignedModel): boolean {
  const isOwn = (roleArn: Text) => roles.withArn(roleArn) === role;
  return nodegroups.some(({ roleArn }) => isOwn(roleArn)) && !otherInstances.some(isOwn);
}

const isSame = (one: Text, other: Text): boolean => equal(one, other) === 'yes';
