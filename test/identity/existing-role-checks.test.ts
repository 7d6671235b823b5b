import { App, CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
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
      + 'because anyone who can read the role can read it: use another value, or remove noEcho if it is no secret, such as a namespace');
  });

  test('for its size if only statements are added', () => {
    const { stack, role, synthesize } = define();
    ServiceAccountRole.fromRole(stack, 'Role', role).addTrustPolicyStatements(forAccount({ StringEquals: { 'sts:ExternalId': 'x'.repeat(8192) } }));
    expect(synthesize).toThrow('[Stack/Theirs] the trust policy has 8468 characters, but IAM allows 8192 at most: remove statements or use several roles');
  });
});

describe('the annotations of an existing role', () => {
  const ARN = 'arn:aws:iam::123456789012:role/theirs';
  const existingIn = (stack = newStack()) => ({ stack, existing: ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleArn(stack, 'Theirs', ARN)) });

  test.each(['annotations', 'literalAnnotations'] as const)('%s cannot be read before addTrust, because the audience is not known', (property) => {
    const { stack, existing } = existingIn();
    const message = 'Stack/Role: the annotations depend on the audience of the first cluster that the role trusts: call addTrust before you read them';
    expect(() => existing[property]).toThrow(new Error(message));
    existing.addTrust(new ExistingCluster(stack, 'Cluster', { audience: 'vault' }), exact('a', 'x'));
    expect(existing[property]).toEqual({ 'eks.amazonaws.com/role-arn': ARN, 'eks.amazonaws.com/audience': 'vault' });
  });

  test('can be read if the role trusts service accounts already', () => {
    const stack = newStack();
    const { role } = new ServiceAccountRole(stack, 'First', { cluster: new ExistingCluster(stack, 'Cluster', { audience: 'vault' }), subjects: [exact('a', 'x')] });
    expect(ServiceAccountRole.fromRole(stack, 'Again', role).annotations).toEqual({ 'eks.amazonaws.com/role-arn': role.roleArn, 'eks.amazonaws.com/audience': 'vault' });
  });

  test('can be read once a service account uses the role', () => {
    const { stack, existing: serviceAccountRole } = existingIn();
    new ServiceAccountWithRole(stack, 'Reader', { cluster: new ExistingCluster(stack, 'Cluster'), serviceAccountName: 'reader', serviceAccountRole });
    expect(serviceAccountRole.annotations).toEqual({ 'eks.amazonaws.com/role-arn': ARN });
  });
});

test('an iam.LazyRole is refused, and does not become a resource', () => {
  const stack = newStack();
  const role = new iam.LazyRole(stack, 'Theirs', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  expect(() => ServiceAccountRole.fromRole(stack, 'Role', role)).toThrow(new Error(
    'Stack/Role: role is an iam.LazyRole, whose trust policy cannot be changed: define it as an iam.Role'));
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
});
