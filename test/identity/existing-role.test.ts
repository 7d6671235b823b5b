import { Annotations as Warnings, App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { deployed, deployedObjects, deployedTrust, OREGON } from '../deployed';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const { exact } = ServiceAccountSubject;
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';
const statement = (...subjects: string[]) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
  Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: subjects.length === 1 ? subjects[0] : subjects } },
});
const ec2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };

describe('a role of this app', () => {
  function define(clusterIn: (stack: Stack) => ExistingCluster = (stack) => new ExistingCluster(stack, 'Cluster')) {
    const stack = newStack();
    const role = new iam.Role(stack, 'Theirs', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    return { stack, role, cluster: clusterIn(stack) };
  }

  test('trusts the service accounts, and what it trusted before', () => {
    const { stack, role, cluster } = define();
    const existing = ServiceAccountRole.fromRole(stack, 'Role', role);
    existing.addTrust(cluster, exact('a', 'x'));
    expect(deployedTrust(stack).Statement).toEqual([ec2, statement('system:serviceaccount:a:x')]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('does not change until there is something to trust', () => {
    const { stack, role } = define();
    const before = Template.fromStack(stack).toJSON();
    const other = define();
    ServiceAccountRole.fromRole(other.stack, 'Role', other.role);
    expect(Template.fromStack(other.stack).toJSON()).toEqual(before);
    expect(role).toBeDefined();
  });

  test('has one trust policy if several constructs add to it', () => {
    const { stack, role, cluster } = define();
    ServiceAccountRole.fromRole(stack, 'One', role).addTrust(cluster, exact('a', 'x'));
    ServiceAccountRole.fromRole(stack, 'Two', role).addTrust(cluster, exact('a', 'x'), exact('a', 'y'));
    expect(deployedTrust(stack).Statement).toEqual([ec2, statement('system:serviceaccount:a:x', 'system:serviceaccount:a:y')]);
  });

  test('can be that of a ServiceAccountRole', () => {
    const { stack, cluster } = define();
    const { role } = new ServiceAccountRole(stack, 'Role', { cluster, subjects: [exact('a', 'x')] });
    ServiceAccountRole.fromRole(stack, 'Again', role).addTrust(cluster, exact('a', 'y'));
    expect(deployedTrust(stack).Statement).toEqual([statement('system:serviceaccount:a:x', 'system:serviceaccount:a:y')]);
  });

  test('keeps statements that are added to it later', () => {
    const { stack, role, cluster } = define();
    ServiceAccountRole.fromRole(stack, 'Role', role).addTrust(cluster, exact('a', 'x'));
    role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('ecs.amazonaws.com')] }));
    expect(deployedTrust(stack).Statement).toEqual([ec2, statement('system:serviceaccount:a:x'), { ...ec2, Principal: { Service: 'ecs.amazonaws.com' } }]);
  });

  test('can trust the service accounts of a new cluster', () => {
    const { stack, role } = define();
    ServiceAccountRole.fromRole(stack, 'Role', role).addTrust(newCluster(newStack('New', {}, stack.node.root)), exact('a', 'x'));
    expect(deployedTrust(stack).Statement.map(({ Principal }: any) => Principal)).toEqual([
      { Service: 'ec2.amazonaws.com' }, { Federated: 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/T1' },
    ]);
  });

  test('is the role of a service account, and gets its grants', () => {
    const { stack, role, cluster } = define();
    const serviceAccountRole = ServiceAccountRole.fromRole(stack, 'Role', role);
    const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', serviceAccountRole });
    new s3.Bucket(stack, 'Bucket').grantRead(reader);
    new s3.Bucket(stack, 'After').node.addDependency(reader);
    const [role1] = deployedObjects(stack).map(({ metadata }) => metadata.annotations['eks.amazonaws.com/role-arn']);
    const id = stack.getLogicalId(role.node.defaultChild as iam.CfnRole);
    expect(role1).toBe(`<${id}.Arn>`);
    const template = Template.fromStack(stack);
    const policies = Object.keys(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [{ Ref: id }] } }));
    const [{ DependsOn }] = Object.values<any>(template.findResources('AWS::S3::Bucket')).filter((bucket) => bucket.DependsOn);
    expect(DependsOn).toEqual(expect.arrayContaining([id, ...policies]));
    expect(policies).toHaveLength(1);
  });

  test('fails if its trust policy is set on its CfnRole, which would be lost', () => {
    const { stack, role, cluster } = define();
    (role.node.defaultChild as iam.CfnRole).assumeRolePolicyDocument = { Statement: [] };
    expect(() => ServiceAccountRole.fromRole(stack, 'Role', role).addTrust(cluster, exact('a', 'x'))).toThrow(new Error(
      'Stack/Role: the trust policy of Stack/Theirs is set on its CfnRole, so that no trust can be added: set it with assumedBy and assumeRolePolicy of the role'));
  });
});

describe.each<[string, (stack: Stack) => iam.IRole]>([
  ['fromRoleArn', (stack) => iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::123456789012:role/pods/theirs')],
  ['fromRoleArn with mutable: false', (stack) => iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::123456789012:role/pods/theirs', { mutable: false })],
  ['fromRoleName', (stack) => iam.Role.fromRoleName(stack, 'Theirs', 'pods/theirs')],
  ['withoutPolicyUpdates', (stack) => new iam.Role(stack, 'Theirs', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }).withoutPolicyUpdates()],
])('a role of %s, which this app cannot change', (_, roleIn) => {
  function define() {
    const stack = newStack();
    const role = roleIn(stack);
    return { stack, role, existing: ServiceAccountRole.fromRole(stack, 'Role', role), cluster: new ExistingCluster(stack, 'Cluster') };
  }
  const outputs = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findOutputs('*')).map(({ Value }) => JSON.parse(deployed(stack, Value)));

  test('has an output with what its owner must add, and a warning', () => {
    const { stack, existing, cluster } = define();
    existing.addTrust(cluster, exact('a', 'x'));
    existing.addTrust(cluster, exact('a', 'y'));
    const document = { Statement: [statement('system:serviceaccount:a:x', 'system:serviceaccount:a:y')], Version: '2012-10-17' };
    expect(outputs(stack)).toEqual([document]);
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Role'))).not.toContain('WebIdentity');
    Annotations.fromStack(stack).hasWarning('/Stack/Role/TrustPolicy', 'this app cannot change the trust policy of the role, because the role is imported or protected: '
      + 'ask its owner to add the statements in output RoleTrustPolicy562E96EC of this stack. Then acknowledge this warning on the construct that contains it: '
      + 'Annotations.of(construct).acknowledgeWarning(\'cdk-irsa:imported-role\') [ack: cdk-irsa:imported-role]');
  });

  test('has no warning if it is acknowledged before', () => {
    const { stack, existing, cluster } = define();
    Warnings.of(existing).acknowledgeWarning('cdk-irsa:imported-role');
    existing.addTrust(cluster, exact('a', 'x'));
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('has neither as long as there is nothing to add', () => {
    const { stack, existing } = define();
    existing.addTrustPolicyStatements();
    expect(outputs(stack)).toEqual([]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('is named by the service account', () => {
    const { stack, role, existing, cluster } = define();
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', serviceAccountRole: existing });
    expect(deployedObjects(stack)[0].metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': deployed(stack, stack.resolve(role.roleArn)) });
  });
});

describe('the output for an imported role', () => {
  const define = () => {
    const stack = newStack();
    return { stack, existing: ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::123456789012:role/theirs')) };
  };

  test('is completed by CloudFormation for a new cluster in another stack', () => {
    const { stack, existing } = define();
    existing.addTrust(newCluster(newStack('New', {}, stack.node.root)), exact('a', 'x'));
    const [{ Value }] = Object.values<any>(Template.fromStack(stack).findOutputs('*'));
    expect(Object.keys(Value)).toEqual(['Fn::Sub']);
    expect(JSON.parse(deployed(stack, Value)).Statement[0].Principal.Federated).toBe('arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/T1');
  });

  test('escapes a value that is known only at deployment', () => {
    const { stack, existing } = define();
    existing.addTrust(new ExistingCluster(stack, 'Cluster'), exact(new CfnParameter(stack, 'Given').valueAsString, 'x'));
    const [{ Value }] = Object.values<any>(Template.fromStack(stack).findOutputs('*'));
    const hostile = 'a"},{"Effect":"Allow","Principal":"*';
    const statements = JSON.parse(deployed(stack, Value, { ...OREGON, parameters: { Given: hostile } })).Statement;
    expect(statements).toEqual([statement(`system:serviceaccount:${hostile.replace('*', '${*}')}:x`)]);
  });

  test('contains custom statements', () => {
    const { stack, existing } = define();
    existing.addTrustPolicyStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('ec2.amazonaws.com')] }));
    const [{ Value }] = Object.values<any>(Template.fromStack(stack).findOutputs('*'));
    expect(JSON.parse(deployed(stack, Value)).Statement).toEqual([ec2]);
  });

  test('fails for a secret, which anyone who can read the stack could read', () => {
    const { stack, existing } = define();
    existing.addTrust(new ExistingCluster(stack, 'Cluster'), exact(new CfnParameter(stack, 'Secret', { noEcho: true }).valueAsString, 'x'));
    expect(() => (stack.node.root as App).synth()).toThrow('[Stack/Role] assumeRolePolicy cannot contain a secret, such as a NoEcho parameter, '
      + 'because anyone who can read the role can read it: use another value, or remove noEcho if it is no secret, such as a namespace');
  });
});

test('grants on an imported role behave as in aws-cdk-lib', () => {
  const policies = (mutable: boolean) => {
    const stack = newStack('Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
    const existing = ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::123456789012:role/theirs', { mutable }));
    new s3.Bucket(stack, 'Bucket').grantRead(existing);
    return Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy')).length;
  };
  expect([policies(true), policies(false)]).toEqual([1, 0]);
});

test('an existing role in another AWS account trusts the provider of that account', () => {
  const stack = newStack('Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
  const existing = ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::210987654321:role/theirs'));
  existing.addTrust(new ExistingCluster(stack, 'Cluster'), exact('a', 'x'));
  const [{ Value }] = Object.values<any>(Template.fromStack(stack).findOutputs('*'));
  expect(JSON.parse(deployed(stack, Value)).Statement[0].Principal).toEqual({ Federated: `arn:aws:iam::210987654321:oidc-provider/${ISSUER}` });
});

describe('fails for', () => {
  test('a role that is not a role', () => {
    expect(() => ServiceAccountRole.fromRole(newStack(), 'Role', 'arn:aws:iam::123456789012:role/theirs' as any)).toThrow(new Error(
      'Stack/Role: role is a string, but must be an IRole, such as iam.Role.fromRoleArn(…)'));
  });

  test('no subject, for which every pod could assume the role', () => {
    const stack = newStack();
    const existing = ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleName(stack, 'Theirs', 'theirs'));
    expect(() => existing.addTrust(new ExistingCluster(stack, 'Cluster'))).toThrow(new Error(
      'Stack/Role: subjects must contain at least one subject: without a subject, every pod in the cluster could assume the role'));
  });
});
