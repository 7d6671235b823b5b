import { Text } from '../../values/text';
import { textsUnder } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { mayDescribeProgram } from '../objects/aws-objects';
import { mayGenerate, objectsIn } from '../objects/generators';
import { Program } from '../program';

/** Properties with the role with which something runs, such as `role`, `executionRoleARN` and `serviceRole`. */
const OF_ROLES = /(roles?(_?arns?)?|credentials_?arn)$/i;

/**
 * What ACK and Crossplane create from Kubernetes objects, and what runs with a role, such as a function or a model. What it runs, and who starts it, is not read, so
 * that anyone may decide what it does.
 *
 * @see https://aws-controllers-k8s.github.io/community/reference/lambda/v1alpha1/function/
 * @see https://docs.upbound.io/manuals/packages/providers/
 */
export const readDescribedPrograms = (objects: readonly KubernetesObject[]): Program[] => objects
  .flatMap((object) => [object, ...(mayGenerate(object) ? objectsIn(object, object.at('spec')) : [])])
  .filter(mayDescribeProgram)
  .flatMap((object) => rolesIn(object).map((roleArn) => programOf(roleArn, object)));

const rolesIn = (object: KubernetesObject): Text[] =>
  textsUnder(object.at('spec'), OF_ROLES).filter(({ literal }) => literal === undefined || literal.startsWith('arn:'));

const programOf = (roleArn: Text, { kind, name, place }: KubernetesObject): Program =>
  ({ arns: [], startedBy: [], takeovers: [], code: [], openBy: `${kind} ${name ?? 'without a name'}`, roleArn, place });
