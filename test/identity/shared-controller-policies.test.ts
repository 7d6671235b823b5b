import * as iam from 'aws-cdk-lib/aws-iam';
import { custom, ENV, existing, policiesIn, reading, statementsIn, SUBJECTS, Tagged } from './controller-roles';
import { PodCredentials, policies, ServiceAccountRole } from '../../lib';
import { newStack } from '../stacks';

const { podIdentity, irsa, both } = PodCredentials;

describe('a role that clusters share', () => {
  const shared = (credentials: PodCredentials, policy: policies.IControllerPolicy, stack = newStack('Stack', { env: ENV })) => {
    const role = new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, podCredentials: credentials, controllerPolicies: [policy] });
    role.addTrust(existing(stack, 'other'), ...SUBJECTS);
    return stack;
  };

  test('binds policies to the cluster of each session, with EKS Pod Identity', () => {
    expect(statementsIn(shared(podIdentity(), new Tagged()))[0].Condition).toEqual({ StringEquals: { 'aws:ResourceTag/cluster': '${aws:PrincipalTag/eks-cluster-name}' } });
  });

  test.each([['irsa', irsa()], ['both', both()], ['unsafeWithoutSessionTags', podIdentity({ unsafeWithoutSessionTags: true })]])(
    'cannot have policies that are bound to a cluster, with %s', (_, credentials) => {
      expect(() => shared(credentials, new Tagged())).toThrow('Stack/Role: cluster must be Stack/prod-eu-central-1, because controllerPolicies are bound to this cluster');
    });

  test('can have policies that are bound to no cluster', () => {
    expect(statementsIn(shared(irsa(), custom(reading())))).toHaveLength(1);
  });

  test('is checked also if another construct adds the trust', () => {
    const stack = newStack('Stack', { env: ENV });
    const { role } = new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [new Tagged()] });
    expect(() => ServiceAccountRole.fromRole(stack, 'Same', role).addTrust(existing(stack, 'other'), ...SUBJECTS)).toThrow('Stack/Same: cluster must be Stack/prod-eu-central-1');
  });

  /** Names the Region. */
  class Regional implements policies.IControllerPolicy {
    public bind({ region }: policies.ControllerPolicyContext): policies.ControllerPolicyConfig {
      return { statements: [reading(`arn:aws:s3:::reports-${region}/*`)] };
    }
  }

  test('can be for clusters in different Regions only if its policies do not name the Region', () => {
    const across = (policy: policies.IControllerPolicy) => {
      const stack = newStack('Stack', { env: ENV });
      const role = new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [policy] });
      role.addTrust(existing(stack, 'other', 'eu-west-1'), ...SUBJECTS);
    };
    expect(() => across(new Regional())).toThrow('Stack/Role: cluster must be in the region eu-central-1, as the first cluster of the role');
    expect(() => across(custom(reading()))).not.toThrow();
  });

  test('leaves room for the policy variable, which can be longer than the name of the cluster', () => {
    class Repeated implements policies.IControllerPolicy {
      public bind({ clusterName }: policies.ControllerPolicyContext): policies.ControllerPolicyConfig {
        return { statements: Array.from({ length: 80 }, (_, i) => reading(`arn:aws:s3:::reports-${i}/${clusterName}/*`)) };
      }
    }
    const sizes = policiesIn(shared(podIdentity(), new Repeated())).map(({ PolicyDocument }) => JSON.stringify(PolicyDocument).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6144);
  });
});

describe('a target role that several roles share', () => {
  const define = () => {
    const stack = newStack('Stack', { env: ENV });
    const targetRole = new iam.Role(stack, 'Target', { assumedBy: new iam.AccountRootPrincipal() });
    const role = (clusterName: string, credentials: PodCredentials) => new ServiceAccountRole(stack, `Of-${clusterName}`, {
      cluster: existing(stack, clusterName), subjects: SUBJECTS, podCredentials: credentials, controllerPolicies: [new Tagged()],
    });
    return { stack, targetRole, role };
  };

  test('binds the policies of both to the cluster of each session', () => {
    const { stack, targetRole, role } = define();
    ['prod', 'dev'].forEach((name) => role(name, podIdentity({ targetRole })));
    const bound = { StringEquals: { 'aws:ResourceTag/cluster': '${aws:PrincipalTag/eks-cluster-name}' } };
    expect(statementsIn(stack).map(({ Condition }) => Condition)).toEqual([bound, bound]);
  });

  test('cannot have policies that are bound to a cluster, if a session has no tags', () => {
    const { targetRole, role } = define();
    role('prod', podIdentity({ targetRole }));
    expect(() => role('dev', podIdentity({ targetRole, unsafeWithoutSessionTags: true }))).toThrow('Stack/Of-dev: cluster must be Stack/prod-eu-central-1');
  });

  test('cannot trust the service accounts of another cluster by IRSA', () => {
    const { stack, targetRole, role } = define();
    role('prod', podIdentity({ targetRole }));
    const same = ServiceAccountRole.fromRole(stack, 'Same', targetRole);
    expect(() => same.addTrust(existing(stack, 'dev'), ...SUBJECTS)).toThrow('Stack/Same: cluster must be Stack/prod-eu-central-1');
  });
});
