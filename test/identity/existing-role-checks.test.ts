import { App, CfnParameter } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { ExistingCluster, newStack } from '../stacks';

const { exact } = ServiceAccountSubject;
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';

function define() {
  const stack = newStack();
  const role = new iam.Role(stack, 'Theirs', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  return { stack, role, synthesize: () => (stack.node.root as App).synth() };
}

describe('the trust policy of a role of this app is checked', () => {
  const open = new iam.PolicyStatement({
    actions: ['sts:AssumeRoleWithWebIdentity'],
    principals: [new iam.WebIdentityPrincipal(`arn:aws:iam::123456789012:oidc-provider/${ISSUER}`)],
  });
  const forAccount = (conditions: iam.Conditions) =>
    new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal('210987654321')], conditions });

  test('even if the construct that trusted first is removed', () => {
    const { stack, role, synthesize } = define();
    ServiceAccountRole.fromRole(stack, 'One', role).addTrust(new ExistingCluster(stack, 'Cluster'), exact('a', 'x'));
    ServiceAccountRole.fromRole(stack, 'Two', role).addTrustPolicyStatements(open);
    stack.node.tryRemoveChild('One');
    expect(synthesize).toThrow('[Stack/Theirs] assumeRolePolicy.Statement[2] would let every pod in the cluster assume the role, '
      + 'because it has no condition for the subject: use addTrust');
  });

  test('for secrets if only statements are added', () => {
    const { stack, role, synthesize } = define();
    const secret = new CfnParameter(stack, 'Secret', { noEcho: true }).valueAsString;
    ServiceAccountRole.fromRole(stack, 'Role', role).addTrustPolicyStatements(forAccount({ StringEquals: { 'sts:ExternalId': secret } }));
    expect(synthesize).toThrow('[Stack/Theirs] assumeRolePolicy cannot contain a secret, such as a NoEcho parameter, '
      + 'because anyone who can read the role can read it: use another condition');
  });

  test('for its size if only statements are added', () => {
    const { stack, role, synthesize } = define();
    ServiceAccountRole.fromRole(stack, 'Role', role).addTrustPolicyStatements(forAccount({ StringEquals: { 'sts:ExternalId': 'x'.repeat(8192) } }));
    expect(synthesize).toThrow('[Stack/Theirs] the trust policy has 8468 characters, but IAM allows 8192 at most: remove statements or use several roles');
  });
});
