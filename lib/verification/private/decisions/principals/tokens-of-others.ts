import { mayAllow } from './changed-roles';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods } from '../../assignments/principal';
import { trustedSubjects } from '../../assignments/trust-principals';
import { Role } from '../../model/model';
import { Question } from '../../questions/question';
import { Credentials, Reach } from '../../reach/credentials';
import { mayRequest } from '../../reach/may-request';
import { INSTANCE_METADATA } from '../../reach/metadata-credentials';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';
import { Deciding } from '../decide-resource';

/** Requests with which a role gives itself access to a cluster. @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
const GIVING_ACCESS = ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy', 'eks:UpdateAccessEntry'];

/**
 * Why pods might do something with the roles of other pods of the cluster: with credentials that act in the cluster, as the node or by an access entry, they
 * can get tokens of other service accounts. Undefined if no role of the templates for pods of the cluster might allow what is asked.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/node/
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function withTokensOfOthers(
  pods: Pods, { credentials }: Reach, question: Question, assigned: AssignedModel, deciding: Deciding,
): string | undefined {
  const [why] = waysIntoCluster(credentials, pods.cluster, assigned);
  const role = why && allowingRole(pods.cluster, question, assigned, deciding);
  return role && `whether pods ${why}, get a token of other pods, and with it the credentials of role ${role.label}`;
}

function waysIntoCluster(credentials: readonly Credentials[], cluster: ClusterId, { model }: AssignedModel): string[] {
  const entries = model.accessEntries.filter((entry) => entry.cluster.is(cluster) !== 'no');
  return credentials.filter(({ isObtained }) => isObtained !== 'no').flatMap((one) => {
    const { by, role: { arn, label } } = one;
    if (by === INSTANCE_METADATA) {
      return `act as their node in the cluster, with its role ${label}`;
    }
    if (entries.some(({ principalArn }) => equal(principalArn, arn) !== 'no')) {
      return `act in the cluster with role ${label}, which has access to it`;
    }
    return GIVING_ACCESS.some((action) => mayRequest(one, action) !== 'no') ? `give role ${label} access to the cluster` : [];
  });
}

/** By question, so that the work to ask about all pods grows with their number, and not with its square. */
const known = new WeakMap<AssignedModel, Map<string, Role | undefined>>();

/** A role of pods of a cluster that might allow what is asked. */
function allowingRole(cluster: ClusterId, question: Question, assigned: AssignedModel, deciding: Deciding): Role | undefined {
  const { action, resource, context } = question;
  const given = Object.entries(context).map(([key, values]) => [key, ...values.map((value) => value.key)]);
  const key = JSON.stringify([cluster.key, action, resource?.key, given]);
  const found = known.get(assigned) ?? new Map<string, Role | undefined>();
  known.set(assigned, found);
  if (!found.has(key)) {
    found.set(key, rolesOfPods(cluster, assigned).find((role) => mayAllow([role], question, assigned, deciding)));
  }
  return found.get(key);
}

/** The roles of which pods of a cluster can have credentials: by associations, and by tokens. */
function rolesOfPods(cluster: ClusterId, { model, roles }: AssignedModel): Role[] {
  const associated = model.associations.filter((association) => association.cluster.is(cluster) !== 'no')
    .flatMap(({ roleArn, targetRoleArn }) => [roleArn, ...(targetRoleArn ? [targetRoleArn] : [])]).map((arn) => roles.withArn(arn));
  const trusting = roles.all.filter(({ trustPolicy }) => {
    const { literals, hasOthers } = trustedSubjects(trustPolicy);
    return hasOthers || literals.length > 0;
  });
  return [...new Set([...associated, ...trusting])];
}
