import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { custom, ENV, existing, policiesIn, reading, statementsIn, SUBJECTS, Tagged } from './controller-roles';
import { PodCredentials, ServiceAccountRole, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

const { podIdentity } = PodCredentials;

describe('the policies of controllers', () => {
  test('are a managed policy of the role of a service account', () => {
    const stack = newStack('Stack', { env: ENV });
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [custom(reading()), new Tagged()] });
    expect(statementsIn(stack)).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: '*' },
      { Action: 'ec2:DeleteVolume', Condition: { StringEquals: { 'aws:ResourceTag/cluster': 'prod' } }, Effect: 'Allow', Resource: '*' },
    ]);
  });

  test('name a new cluster by a reference', () => {
    const stack = newStack();
    new ServiceAccountWithRole(stack, 'Account', { cluster: newCluster(stack), serviceAccountName: 'controller', controllerPolicies: [new Tagged()] });
    expect(statementsIn(stack)).toContainEqual(expect.objectContaining({ Condition: { StringEquals: { 'aws:ResourceTag/cluster': { Ref: expect.stringMatching(/^Cluster/) } } } }));
  });

  test('can be about a resource that refers to the role', () => {
    const stack = newStack('Stack', { env: ENV });
    const key = new kms.Key(stack, 'Key');
    const { role } = new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [custom(reading(key.keyArn))] });
    key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], principals: [role] }));
    expect(statementsIn(stack)).toHaveLength(1);
  });

  test('are in several managed policies if they are too large for one', () => {
    const stack = newStack('Stack', { env: ENV });
    const statements = Array.from({ length: 60 }, (_, i) => new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'x'.repeat(40)}-${i}/*`], conditions: { StringEquals: { [`aws:PrincipalTag/team-${'x'.repeat(40)}`]: `t-${i}` } },
    }));
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [custom(...statements)] });
    expect(statementsIn(stack)).toHaveLength(60);
    expect(policiesIn(stack).map(({ PolicyDocument }) => JSON.stringify(PolicyDocument).length)).toEqual([6122, 6142, 910]);
  });

  test('divide a statement that is too large for a managed policy by its resources', () => {
    const stack = newStack('Stack', { env: ENV });
    const resources = Array.from({ length: 100 }, (_, i) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${'x'.repeat(40)}-${i}`);
    new ServiceAccountRole(stack, 'Role', {
      cluster: existing(stack),
      subjects: SUBJECTS,
      controllerPolicies: [custom(
        new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }),
      )],
    });
    expect(statementsIn(stack).flatMap(({ Resource }) => Resource)).toEqual(resources);
    policiesIn(stack).forEach(({ PolicyDocument }) => expect(JSON.stringify(PolicyDocument).length).toBeLessThan(6144));
  });

  test('count tokens with the length that they can have after deployment', () => {
    const stack = newStack();
    const resources = Array.from({ length: 50 }, (_, i) => new secretsmanager.Secret(stack, `Secret${i}`).secretArn);
    new ServiceAccountRole(stack, 'Role', {
      cluster: newCluster(stack),
      subjects: SUBJECTS,
      controllerPolicies: [custom(
        new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }),
      )],
    });
    expect(policiesIn(stack).map(({ PolicyDocument }) => PolicyDocument.Statement[0].Resource.length)).toEqual([25, 25]);
  });

  test('are added to the managed policies that are given, which warns above the quota of a role', () => {
    const stack = newStack('Stack', { env: ENV });
    const managedPolicies = Array.from({ length: 10 }, (_, i) => iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`));
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, managedPolicies, controllerPolicies: [custom(reading())] });
    Annotations.fromStack(stack).hasWarning('/Stack/Role', Match.stringLikeRegexp('the number of managedPolicies, including those of controllerPolicies, is 11, but IAM allows 10'));
  });

  test('are those of the target role, if EKS Pod Identity has one', () => {
    const stack = newStack('Stack', { env: ENV });
    const targetRole = new iam.Role(stack, 'Target', { assumedBy: new iam.AccountRootPrincipal() });
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, podCredentials: podIdentity({ targetRole }), controllerPolicies: [custom(reading())] });
    expect(policiesIn(stack)).toEqual([expect.objectContaining({ Roles: [stack.resolve(targetRole.roleName)] })]);
  });

  test('are refused with a target role that the app cannot change', () => {
    const stack = newStack('Stack', { env: ENV });
    const targetRole = iam.Role.fromRoleArn(stack, 'Target', 'arn:aws:iam::210987654321:role/target');
    expect(() => new ServiceAccountRole(stack, 'Role', {
      cluster: existing(stack), subjects: SUBJECTS, podCredentials: podIdentity({ targetRole }), controllerPolicies: [custom(reading())],
    })).toThrow('Stack/Role: controllerPolicies must be omitted with the targetRole Stack/Target: this app cannot change its policies');
  });

  test('are refused without statements', () => {
    const stack = newStack();
    expect(() => new ServiceAccountRole(stack, 'Role', { cluster: newCluster(stack), subjects: SUBJECTS, controllerPolicies: [custom(reading()), custom()] }))
      .toThrow('Stack/Role: controllerPolicies[1] (CustomControllerPolicy) must be a policy with at least one statement');
  });

  test('do not change if their author changes the statements afterwards', () => {
    const stack = newStack('Stack', { env: ENV });
    const statement = reading('arn:aws:s3:::reports/*');
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [custom(statement)] });
    statement.addActions('s3:PutObject');
    expect(statementsIn(stack)[0].Action).toBe('s3:GetObject');
  });
});

test('statements with the same Sid get different ones, because IAM rejects them otherwise', () => {
  const stack = newStack('Stack', { env: ENV });
  const read = () => new iam.PolicyStatement({ sid: 'Read', actions: ['s3:GetObject'], resources: ['*'] });
  new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [custom(read()), custom(read())] });
  expect(statementsIn(stack).map(({ Sid }) => Sid)).toEqual(['Read', 'Read2']);
});

test('policies of controllers appear in the report of iam.Role.customizeRoles', () => {
  const app = new App();
  const stack = newStack('Stack', { env: ENV }, app);
  iam.Role.customizeRoles(stack);
  new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [new Tagged()] });
  expect(readFileSync(join(app.synth().directory, 'iam-policy-report.txt'), 'utf8')).toContain('ec2:DeleteVolume');
});
