import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IIrsaCluster, IrsaAddon, IrsaCluster, PodCredentials, policies, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

const ENV = { account: '123456789012', region: 'eu-central-1' };
const SUBJECTS = [ServiceAccountSubject.exact('apps', 'controller')];
const { podIdentity, irsa, both } = PodCredentials;

const existing = (stack: Stack, clusterName = 'prod', region = ENV.region): IIrsaCluster => IrsaCluster.fromClusterAttributes(stack, `${clusterName}-${region}`, {
  clusterName, clusterArn: `arn:aws:eks:${region}:${ENV.account}:cluster/${clusterName}`, issuerUrl: `https://oidc.eks.${region}.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF`,
});

const reading = (resource = '*') => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] });
const custom = (...statements: iam.PolicyStatement[]) => new policies.CustomControllerPolicy({ statements });

/** Tags of the cluster, in the value of a condition. */
class Tagged implements policies.IControllerPolicy {
  public statements({ clusterName }: policies.ControllerPolicyContext): iam.PolicyStatement[] {
    return [new iam.PolicyStatement({ actions: ['ec2:DeleteVolume'], resources: ['*'], conditions: { StringEquals: { 'aws:ResourceTag/cluster': clusterName } } })];
  }
}

const policiesIn = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties);
const statementsIn = (stack: Stack) => policiesIn(stack).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

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
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, credentials: podIdentity({ targetRole }), controllerPolicies: [custom(reading())] });
    expect(policiesIn(stack)).toEqual([expect.objectContaining({ Roles: [stack.resolve(targetRole.roleName)] })]);
  });

  test('are refused with a target role that the app cannot change', () => {
    const stack = newStack('Stack', { env: ENV });
    const targetRole = iam.Role.fromRoleArn(stack, 'Target', 'arn:aws:iam::210987654321:role/target');
    expect(() => new ServiceAccountRole(stack, 'Role', {
      cluster: existing(stack), subjects: SUBJECTS, credentials: podIdentity({ targetRole }), controllerPolicies: [custom(reading())],
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

describe('the service account of controllers', () => {
  const conventional = (namespace?: string, serviceAccountName?: string) =>
    new policies.CustomControllerPolicy({ statements: [reading()], namespace, serviceAccountName });

  test('has the namespace and the name that their policies have by convention', () => {
    const stack = newStack();
    const { subject } = new ServiceAccountWithRole(stack, 'Account', { cluster: newCluster(stack), controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });
    expect(subject.value).toBe('system:serviceaccount:kube-system:cluster-autoscaler');
  });

  test('is the subject of the role, if nothing else is', () => {
    const stack = newStack('Stack', { env: ENV });
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { Description: Match.stringLikeRegexp(' kube-system/cluster-autoscaler$') });
  });

  test('has the names that are given', () => {
    const stack = newStack();
    const { subject } = new ServiceAccountWithRole(stack, 'Account', {
      cluster: newCluster(stack), namespace: 'scaling', serviceAccountName: 'scaler', controllerPolicies: [conventional('a', 'x'), conventional('b', 'y')],
    });
    expect(subject.value).toBe('system:serviceaccount:scaling:scaler');
  });

  test('requires a name that is given, if the policies have different ones', () => {
    const stack = newStack();
    const controllerPolicies = [conventional('a', 'x'), conventional('b', 'y')];
    expect(() => new ServiceAccountWithRole(stack, 'Account', { cluster: newCluster(stack), namespace: 'c', controllerPolicies }))
      .toThrow('Stack/Account: serviceAccountName must be set: controllerPolicies have different names by convention: x, y');
  });

  test('requires a name without a convention', () => {
    const stack = newStack();
    expect(() => new ServiceAccountWithRole(stack, 'Account', { cluster: newCluster(stack), controllerPolicies: [conventional('a')] }))
      .toThrow('Stack/Account: serviceAccountName must be set');
    expect(() => new ServiceAccountRole(stack, 'Role', { cluster: existing(newStack('Other', { env: ENV })), controllerPolicies: [conventional(undefined, 'x')] }))
      .toThrow('Stack/Role: subjects must be set');
  });

  test('is that of an add-on that is not known, which then needs no names', () => {
    const stack = newStack('Stack', { env: ENV });
    const { serviceAccountRole } = new IrsaAddon(stack, 'Addon', { cluster: existing(stack), addonName: 'acme_scaler', controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });
    expect(JSON.stringify(stack.resolve((serviceAccountRole!.role as iam.Role).assumeRolePolicy))).toContain('system:serviceaccount:kube-system:cluster-autoscaler');
  });
});

describe('a role that clusters share', () => {
  const shared = (credentials: PodCredentials, policy: policies.IControllerPolicy, stack = newStack('Stack', { env: ENV })) => {
    const role = new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, credentials, controllerPolicies: [policy] });
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
    public statements({ region }: policies.ControllerPolicyContext): iam.PolicyStatement[] {
      return [reading(`arn:aws:s3:::reports-${region}/*`)];
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
      public statements({ clusterName }: policies.ControllerPolicyContext): iam.PolicyStatement[] {
        return Array.from({ length: 80 }, (_, i) => reading(`arn:aws:s3:::reports-${i}/${clusterName}/*`));
      }
    }
    const sizes = policiesIn(shared(podIdentity(), new Repeated())).map(({ PolicyDocument }) => JSON.stringify(PolicyDocument).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6144);
  });

});

describe('session tags of EKS Pod Identity in policies', () => {
  const define = (credentials: PodCredentials, statement: iam.PolicyStatement) => {
    const stack = newStack('Stack', { env: ENV });
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, credentials, controllerPolicies: [custom(statement)] });
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

describe('a target role that several roles share', () => {
  const define = () => {
    const stack = newStack('Stack', { env: ENV });
    const targetRole = new iam.Role(stack, 'Target', { assumedBy: new iam.AccountRootPrincipal() });
    const role = (clusterName: string, credentials: PodCredentials) => new ServiceAccountRole(stack, `Of-${clusterName}`, {
      cluster: existing(stack, clusterName), subjects: SUBJECTS, credentials, controllerPolicies: [new Tagged()],
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

describe('a policy of one\'s own that is wrong is an error that names it', () => {
  const role = (policy: any) => () => {
    const stack = newStack('Stack', { env: ENV });
    return new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: SUBJECTS, controllerPolicies: [custom(reading()), policy] });
  };
  const result = 'Stack/Role: the result of statements() of controllerPolicies[1]';

  test.each([
    ['nothing', undefined, `${result} is undefined, but must be a list of PolicyStatement`],
    ['one statement', reading(), `${result} is a PolicyStatement, but must be a list of PolicyStatement`],
    ['a document', new iam.PolicyDocument({ statements: [reading()] }), `${result} must be a list of PolicyStatement, and neither a PolicyDocument nor a token`],
    ['plain data', [{ Effect: 'Allow' }], `${result}[0] is an object, but must be a PolicyStatement`],
  ])('if it returns %s', (_, statements, message) => {
    expect(role({ statements: () => statements })).toThrow(message);
  });

  test('if it is a class', () => {
    expect(role(policies.ClusterAutoscalerPolicy)).toThrow('controllerPolicies[1] is the class ClusterAutoscalerPolicy, but must be an IControllerPolicy, '
      + 'such as new policies.ClusterAutoscalerPolicy()');
  });

  test('by the name of its class', () => {
    class Empty implements policies.IControllerPolicy {
      public statements = (): iam.PolicyStatement[] => [];
    }
    expect(role(new Empty())).toThrow('Stack/Role: controllerPolicies[1] (Empty) must be a policy with at least one statement');
    expect(role(new class extends Empty {}())).toThrow('Stack/Role: controllerPolicies[1] must be a policy with at least one statement');
  });

  test('if the name of the cluster is in the key of a condition', () => {
    const statements = ({ clusterName }: policies.ControllerPolicyContext) => [new iam.PolicyStatement({
      actions: ['ec2:DeleteVolume'], resources: ['*'], conditions: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: 'owned' } },
    })];
    expect(role({ statements })).toThrow('Stack/Role: controllerPolicies[1] cannot have a condition whose key is known only at deployment, because it could replace another key: use a literal');
  });

  test('if its statements are a policy document', () => {
    expect(() => new policies.CustomControllerPolicy({ statements: new iam.PolicyDocument() as any })).toThrow('CustomControllerPolicy: statements must be a list of statements');
  });
});

test('a role whose policies have different accounts by convention requires subjects', () => {
  const stack = newStack('Stack', { env: ENV });
  const controllerPolicies = [new policies.ClusterAutoscalerPolicy(), new policies.ExternalDnsPolicy({ allHostedZones: true })];
  expect(() => new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), controllerPolicies }))
    .toThrow('Stack/Role: subjects must be set: controllerPolicies have different namespaces by convention: kube-system, external-dns');
});
