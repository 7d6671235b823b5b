import * as iam from 'aws-cdk-lib/aws-iam';
import { custom, ENV, existing, reading, statementsIn, SUBJECTS } from './controller-roles';
import { PodCredentials, ServiceAccountRole } from '../../lib';
import { newStack } from '../stacks';

const { podIdentity, irsa, both } = PodCredentials;

describe('session tags of EKS Pod Identity in policies', () => {
  const define = (credentials: PodCredentials, statement: iam.PolicyStatement) => {
    const stack = newStack('Stack', { env: ENV });
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, podCredentials: credentials, controllerPolicies: [custom(statement)] });
    return stack;
  };
  const denying = (tag: string) => new iam.PolicyStatement({
    effect: iam.Effect.DENY, actions: ['s3:*'], resources: ['*'], conditions: { StringEquals: { [`aws:PrincipalTag/${tag}`]: 'untrusted' } },
  });

  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
  test.each(['eks-cluster-arn', 'eks-cluster-name', 'kubernetes-namespace', 'kubernetes-service-account', 'kubernetes-pod-name', 'kubernetes-pod-uid'])(
    '%s is refused if a session can lack it', (tag) => {
      const message = `Stack/Role: controllerPolicies must be without aws:PrincipalTag/${tag}: only sessions of EKS Pod Identity with session tags have this tag; `
        + 'to use the name of the cluster, implement IControllerPolicy; if the role itself has the tag, put the statement into inlinePolicies';
      for (const credentials of [irsa(), both(), podIdentity({ unsafeWithoutSessionTags: true })]) {
        expect(() => define(credentials, reading(`arn:aws:s3:::\${aws:PrincipalTag/${tag}}/*`))).toThrow(message);
        expect(() => define(credentials, denying(tag))).toThrow(message);
      }
      expect(statementsIn(define(podIdentity(), denying(tag)))).toHaveLength(1);
    });

  test('are recognized in lower case, because IAM ignores the case of keys', () => {
    expect(() => define(irsa(), reading('arn:aws:s3:::${aws:principaltag/Kubernetes-Namespace}/*'))).toThrow('must be without aws:principaltag/Kubernetes-Namespace:');
  });

  test.each(['team', 'kubernetes-namespace-of-team'])('are not other tags, such as %s', (tag) => {
    expect(statementsIn(define(irsa(), denying(tag)))).toHaveLength(1);
  });

  test('are allowed in inline policies, because the role itself can have the tag', () => {
    const stack = newStack('Stack', { env: ENV });
    const inlinePolicies = { Own: new iam.PolicyDocument({ statements: [denying('kubernetes-namespace')] }) };
    expect(() => new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, inlinePolicies })).not.toThrow();
  });
});
