import { roleMayAllow } from './changed-roles';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { holderName } from '../../model/holder-name';
import { DoneByEks, EKS_WORK } from '../../model/rbac/acting-controllers';
import { Question } from '../../questions/question';
import { Deciding } from '../decide-resource';

/**
 * The role of the cluster or of its pods on AWS Fargate, if Amazon EKS may do with it what is asked, for whoever changes objects of Kubernetes. They do not get its
 * credentials.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
 */
export function roleOfCluster(way: WayIntoCluster, question: Question, assigned: AssignedModel, deciding: Deciding): string | undefined {
  const { roleArn, podExecutionRoles = [], autoMode = 'no' } = assigned.cluster(way.cluster) ?? {};
  const mayDo = ({ actions, takesAutoMode }: DoneByEks) => (!takesAutoMode || autoMode !== 'no') && actions.test(question.action);
  const works = way.byEks ? [EKS_WORK[way.byEks]] : way.runsPods ? Object.values(EKS_WORK) : [];
  const arns = works.filter(mayDo).flatMap(({ isOnFargate }: DoneByEks) => (isOnFargate ? podExecutionRoles : roleArn ?? []));
  const role = arns.map((arn) => assigned.roles.withArn(arn)).find((one) => one && roleMayAllow(one, question, assigned, deciding));
  return role ? `what Amazon EKS does with ${holderName(role)} of the cluster` : undefined;
}
