import * as iam from 'aws-cdk-lib/aws-iam';
import { custom, ENV, existing, reading, SUBJECTS } from './controller-roles';
import { policies, ServiceAccountRole } from '../../lib';
import { newStack } from '../stacks';

describe('a policy of one\'s own that is wrong is an error that names it', () => {
  const role = (policy: any) => () => {
    const stack = newStack('Stack', { env: ENV });
    return new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [custom(reading()), policy] });
  };
  const result = 'Stack/Role: the result of bind() of controllerPolicies[1]';

  test.each([
    ['nothing', undefined, `${result} is undefined, but must be an object of type ControllerPolicyConfig`],
    ['a list', [reading()], `${result} is a list, but must be an object of type ControllerPolicyConfig`],
    ['no statements', {}, `${result}.statements is undefined, but must be a list of PolicyStatement`],
    ['one statement', { statements: reading() }, `${result}.statements is a PolicyStatement, but must be a list of PolicyStatement`],
    ['a document', { statements: new iam.PolicyDocument({ statements: [reading()] }) }, `${result}.statements must be a list of PolicyStatement, and neither a PolicyDocument nor a token`],
    ['plain data', { statements: [{ Effect: 'Allow' }] }, `${result}.statements[0] is an object, but must be a PolicyStatement`],
  ])('if it returns %s', (_, config, message) => {
    expect(role({ bind: () => config })).toThrow(message);
  });

  test('if it is a class', () => {
    expect(role(policies.ClusterAutoscalerPolicy)).toThrow('controllerPolicies[1] is the class ClusterAutoscalerPolicy, but must be an IControllerPolicy, '
      + 'such as new policies.ClusterAutoscalerPolicy()');
  });

  test('by the name of its class', () => {
    class Empty implements policies.IControllerPolicy {
      public bind = (): policies.ControllerPolicyConfig => ({ statements: [] });
    }
    expect(role(new Empty())).toThrow('Stack/Role: controllerPolicies[1] (Empty) must be a policy with at least one statement');
    expect(role(new class extends Empty {}())).toThrow('Stack/Role: controllerPolicies[1] must be a policy with at least one statement');
  });

  test('if the name of the cluster is in the key of a condition', () => {
    const bind = ({ clusterName }: policies.ControllerPolicyContext) => ({
      statements: [new iam.PolicyStatement({
        actions: ['ec2:DeleteVolume'], resources: ['*'], conditions: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: 'owned' } },
      })],
    });
    expect(role({ bind })).toThrow('Stack/Role: controllerPolicies[1] cannot have a condition whose key is known only at deployment, because it could replace another key: use a literal');
  });

  test('if its statements are a policy document', () => {
    expect(() => new policies.CustomControllerPolicy({ statements: new iam.PolicyDocument() as any })).toThrow('CustomControllerPolicy: statements must be a list of statements');
  });
});
