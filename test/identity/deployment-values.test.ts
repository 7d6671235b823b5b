import { App, CfnCondition, CfnDynamicReference, CfnDynamicReferenceService, CfnMapping, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { IrsaCluster, PodCredentials, policies, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { deployed, deployedTrust, OREGON } from '../deployed';
import { judge } from '../local-aws/judge';
import { describeWithPython } from '../local-aws/python-program';
import { AccessCase, TrustCase } from '../verification/second-opinion/cases';
import { ours } from '../verification/second-opinion/ours';

const ACCOUNT = '123456789012';
const SUBJECTS = [ServiceAccountSubject.exact('apps', 'reader')];
/** Values that would have a meaning in a policy. */
const HOSTILE = ['*', '?oreign', 'f*', '${aws:PrincipalTag/team}', '${aws:PrincipalTag/none, \'foreign\'}', '*"', '${sts:ExternalId}'];

const parameter = (stack: Stack, id = 'Given', props = {}) => new CfnParameter(stack, id, props).valueAsString;
const newStack = () => new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region: 'us-west-2' } });
const prod = (stack: Stack, clusterName = 'prod') =>
  IrsaCluster.fromClusterAttributes(stack, 'Cluster', { clusterName, issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF' });
const reading = (...resources: string[]) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources });
const given = (value: string) => ({ ...OREGON, parameters: { Given: value } });

/** The decisions of both evaluators, one after the other. Without Python, only that of lib/verification. */
const decisions = async (cases: (AccessCase | TrustCase)[], withPython: boolean): Promise<unknown[]> =>
  [...new Set([...cases.map((one) => ours(one).outcome), ...withPython ? (await judge(cases)).map(({ decision, error }) => decision ?? error) : []])];

const EVALUATORS: ReadonlyArray<[string, boolean, jest.Describe]> = [['lib/verification', false, describe], ['both evaluators', true, describeWithPython]];

for (const [name, withPython, describeWith] of EVALUATORS) {
  describeWith(`according to ${name}, a value of the deployment`, () => {
    const stack = newStack();
    const value = parameter(stack);
    const prefixes = { StringLike: { 's3:prefix': `${value}/*` }, StringNotEquals: { 'aws:PrincipalTag/x': value } };
    const statements = [
      reading(`arn:aws:s3:::reports/${value}/*`, `arn:aws:s3:::reports/static/\${aws:PrincipalTag/team}/${value}`),
      new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'], conditions: prefixes }),
    ];
    const sessionPolicy = new iam.PolicyDocument({ statements });
    const role = new ServiceAccountRole(stack, 'Role', {
      cluster: prod(stack), subjects: SUBJECTS, credentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }),
    });
    role.addTrustPolicyStatements(new iam.PolicyStatement({
      actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal('210987654321')], conditions: { StringLike: { 'sts:ExternalId': value } },
    }));

    const [{ Properties: { Policy } }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::EKS::PodIdentityAssociation'));
    const allowAll = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const inSession = (parameterValue: string, action: string, resource: string, context = {}): AccessCase => ({
      kind: 'access',
      identityPolicies: [allowAll],
      boundaries: null,
      sessionPolicies: [JSON.parse(deployed(stack, Policy, given(parameterValue)))],
      resourcePolicy: null,
      resourceAccount: ACCOUNT,
      action,
      resource,
      context: { 'aws:PrincipalTag/team': 'foreign', ...context },
      principal: { arn: `arn:aws:iam::${ACCOUNT}:role/r`, sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`, account: ACCOUNT },
    });
    const withExternalId = (parameterValue: string, externalId: string): TrustCase => ({
      kind: 'trust',
      policy: deployedTrust(stack, given(parameterValue)),
      action: 'sts:AssumeRole',
      principals: { AWS: 'arn:aws:iam::210987654321:root' },
      context: { 'sts:ExternalId': externalId, 'aws:PrincipalTag/team': 'foreign' },
    });

    test('is literal in resources of a session policy', async () => {
      const named = (value_: string, name_: string) => [
        inSession(value_, 's3:GetObject', `arn:aws:s3:::reports/${name_}/1`), inSession(value_, 's3:GetObject', `arn:aws:s3:::reports/static/foreign/${name_}`),
      ];
      expect(await decisions(HOSTILE.flatMap((hostile) => named(hostile, 'foreign')), withPython)).toEqual(['DENIED']);
      expect(await decisions(HOSTILE.flatMap((hostile) => named(hostile, hostile)), withPython)).toEqual(['ALLOWED']);
    });

    test('is literal in conditions of a session policy', async () => {
      const listing = (value_: string, prefix: string) => inSession(value_, 's3:ListBucket', 'arn:aws:s3:::reports', { 's3:prefix': prefix });
      expect(await decisions(HOSTILE.map((hostile) => listing(hostile, 'foreign/1')), withPython)).toEqual(['DENIED']);
      expect(await decisions(HOSTILE.map((hostile) => listing(hostile, `${hostile}/1`)), withPython)).toEqual(['ALLOWED']);
    });

    test('is literal in conditions of a trust policy', async () => {
      expect(await decisions(HOSTILE.map((hostile) => withExternalId(hostile, 'foreign')), withPython)).toEqual(['DENIED']);
      expect(await decisions(HOSTILE.map((hostile) => withExternalId(hostile, hostile)), withPython)).toEqual(['ALLOWED']);
    });
  });
}

describe('the ARN of a token', () => {
  test.each<[string, (stack: Stack, arn: string) => unknown]>([
    ['in a session policy', (stack, arn) => {
      const sessionPolicy = new iam.PolicyDocument({ statements: [reading(`${arn}/*`)] });
      new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, credentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
    }],
    ['in a controller policy', (stack, arn) => new ServiceAccountRole(stack, 'Role', {
      cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.PrometheusWritePolicy({ workspaceArns: [arn] })],
    })],
    ['of a target role', (stack, arn) => new ServiceAccountRole(stack, 'Role', {
      cluster: prod(stack), subjects: SUBJECTS, credentials: PodCredentials.podIdentity({ targetRole: iam.Role.fromRoleArn(stack, 'Target', arn) }),
    })],
  ])('%s must be one, and only its wildcards are escaped', (_, define) => {
    const stack = newStack();
    define(stack, parameter(stack));
    const resources = Object.values<any>(Template.fromStack(stack).toJSON().Resources).filter(({ Type }) => /Policy|Association/.test(Type));
    const read = (document: any) => JSON.stringify(typeof document === 'string' ? JSON.parse(document) : document ?? {});
    const properties = (value: string) =>
      resources.map(({ Properties: { Policy, PolicyDocument } }) => read(deployed(stack, Policy ?? PolicyDocument, given(value)))).join();
    expect(() => properties('*')).toThrow('Fn::Select cannot select nonexistent value at index 5');
    expect(properties('arn:aws:service:us-west-2:123456789012:a:b*')).toContain('arn:aws:service:us-west-2:123456789012:a:b${*}');
  });
});

test('a value of the deployment cannot add a dynamic reference, which CloudFormation would replace after it has escaped the value', () => {
  const stack = newStack();
  new ServiceAccountRole(stack, 'Role', {
    cluster: prod(stack, parameter(stack)), subjects: SUBJECTS, controllerPolicies: [new policies.ClusterAutoscalerPolicy()],
  });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  const written = (value: string) => JSON.stringify(deployed(stack, Properties.PolicyDocument, given(value)));
  expect(written('{{resolve:ssm:/star}}')).not.toContain('{{');
  expect(written('{{resolve:ssm:/star}}')).toContain(':nodegroup/\\n\\nresolve:ssm:/star}}/*/*');
});

test('a value that AWS limits is not escaped, also that of another stack of the app', () => {
  const app = new App();
  const [stack, other] = ['Stack', 'Other'].map((id) => new Stack(app, id, { env: { account: ACCOUNT, region: 'us-west-2' } }));
  const role = new iam.Role(other, 'Nodes', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const open = new iam.Role(other, 'Open', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), path: parameter(other) });
  new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.KarpenterPolicy({ nodeRoles: [role, open] })] });
  const statements = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(statements.find(({ Action }) => Action === 'iam:PassRole').Resource).toEqual([
    { 'Fn::ImportValue': expect.stringMatching(/^Other:/) }, { 'Fn::Sub': ['${Value}${Value2}', { Value: expect.anything(), Value2: { 'Fn::Join': expect.anything() } }] },
  ]);
});

describe('a value of the deployment is an error', () => {
  const custom = (stack: Stack, statement: iam.PolicyStatement) => new ServiceAccountRole(stack, 'Role', {
    cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.CustomControllerPolicy({ statements: [reading('*'), statement] })],
  });
  const inTrust = (written: (value: string) => iam.PolicyStatement) => (stack: Stack, value: string) => {
    new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS }).addTrustPolicyStatements(written(value));
    Template.fromStack(stack);
  };
  const assuming = (principal: iam.IPrincipal, conditions = {}) => new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [principal], conditions });
  const statement = (props: object) => (stack: Stack) => custom(stack, new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], ...props }));
  const ofController = (place: string) => `Stack/Role: controllerPolicies[0] (CustomControllerPolicy).Statement[1].${place}`;
  const ofTrust = (place: string) => `[Stack/Role] assumeRolePolicy.Statement[1].${place}`;

  test.each<[string, (stack: Stack, value: string) => unknown, string]>([
    ['as an action', (stack, value) => statement({ actions: [value] })(stack), ofController('Action')],
    ['in NotResource', (stack, value) => custom(stack, new iam.PolicyStatement({ actions: ['s3:GetObject'], notResources: [`arn:aws:s3:::${value}`] })), ofController('NotResource')],
    ['before the fifth colon of an ARN', (stack, value) => statement({ resources: [`arn:aws:iam::${value}:role/x`] })(stack), ofController('Resource, before its fifth colon,')],
    ['before the fifth colon of an ARN in a condition', (stack, value) => statement({ conditions: { ArnLike: { 'aws:SourceArn': ['a', `arn:aws:iam::${value}:role/x`] } } })(stack),
      ofController('Condition.ArnLike["aws:SourceArn"][1], before its fifth colon,')],
    ['in a condition without variables', (stack, value) => statement({ conditions: { IpAddress: { 'aws:SourceIp': value } } })(stack), ofController('Condition.IpAddress["aws:SourceIp"]')],
    ['as a principal', inTrust((value) => assuming(new iam.ArnPrincipal(value))), ofTrust('Principal.AWS')],
    ['as a part of a principal', inTrust((value) => assuming(new iam.AccountPrincipal(value))), ofTrust('Principal.AWS')],
    ['as a provider that is not that of the cluster', inTrust((value) => assuming(new iam.FederatedPrincipal(value, {}))), ofTrust('Principal.Federated')],
    ['in a condition of a trust policy without variables',
      inTrust((value) => assuming(new iam.AccountPrincipal('210987654321'), { Bool: { 'aws:MultiFactorAuthPresent': value } })),
      ofTrust('Condition.Bool["aws:MultiFactorAuthPresent"]')],
  ])('%s', (_, define, place) => {
    const stack = newStack();
    const message = `${place} must be known before the deployment: the value of a token could be * or \${…}, and IAM has no escapes for them there. `
      + 'Use a literal, a reference to a resource of this app in the same region, or a CfnParameter with allowedValues or an allowedPattern such as [a-z0-9-]+';
    expect(() => define(stack, parameter(stack))).toThrow(message);
  });

  test('as a list in a branch', () => {
    const stack = newStack();
    const choice = Fn.conditionIf(new CfnCondition(stack, 'Condition').logicalId, ['arn:aws:s3:::a', `arn:aws:iam::${parameter(stack)}:role/x`], ['arn:aws:s3:::b']);
    expect(() => statement({ resources: Token.asList(choice) })(stack)).toThrow(`${ofController('Resource[1], before its fifth colon,')} must be known`);
  });

  const LIST = 'cannot be a list that is known only at deployment: write the list in the app; its items can be tokens, such as Fn.select(0, list)';

  test('as a list', () => {
    const stack = newStack();
    const resources = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
    expect(() => statement({ resources })(stack)).toThrow(`${ofController('Resource')} ${LIST}`);
  });

  test.each([{ allowedValues: ['arn:aws:iam::210987654321:root'] }, { allowedPattern: 'arn:aws:iam::\\d{12}:root' }])('unless it has %j', (props) => {
    const stack = newStack();
    const value = parameter(stack, 'Limited', props);
    inTrust((arn) => assuming(new iam.ArnPrincipal(arn)))(stack, value);
    expect(deployedTrust(stack, { ...OREGON, parameters: { Limited: 'arn:aws:iam::210987654321:root' } }).Statement[1].Principal).toEqual({ AWS: 'arn:aws:iam::210987654321:root' });
  });
});

test('an output of a nested stack in Fn::Sub is an attribute with a dot', () => {
  const stack = newStack();
  const controllerPolicies = [new policies.CustomControllerPolicy({ statements: [reading(Fn.sub('arn:aws:s3:::${Nested.Outputs.Bucket}/*'))] })];
  new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, controllerPolicies });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  expect(JSON.stringify(Properties.PolicyDocument)).toContain('{"Fn::GetAtt":["Nested","Outputs.Bucket"]}');
});

describe('a dynamic reference, whose value CloudFormation does not escape,', () => {
  const dynamic = new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/name').toString();

  test.each<[string, (stack: Stack) => iam.PolicyStatement]>([
    ['as a resource', () => reading(dynamic)],
    ['in a resource', () => reading(`arn:aws:s3:::${dynamic}/*`)],
    ['in a literal resource', () => reading('arn:aws:s3:::{{resolve:ssm:/name}}/*')],
    ['in NotResource', () => new iam.PolicyStatement({ actions: ['s3:GetObject'], notResources: [dynamic] })],
    ['as an action', () => new iam.PolicyStatement({ actions: [dynamic], resources: ['*'] })],
    ['in a condition', () => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalTag/x': [dynamic] } } })],
    ['in a condition without variables', () => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], conditions: { IpAddress: { 'aws:SourceIp': dynamic } } })],
    ['in a branch', (stack) => reading(Fn.conditionIf(new CfnCondition(stack, 'Condition').logicalId, `arn:aws:s3:::${dynamic}`, parameter(stack)).toString())],
    ['in Fn::Sub', () => reading(Fn.sub('arn:aws:s3:::{{resolve:ssm:/name}}/${AWS::Region}'))],
    ['in a variable of Fn::Sub', () => reading(Fn.sub('arn:aws:s3:::${Name}/${AWS::Region}', { Name: dynamic }))],
    ['in Fn::Select', (stack) => reading(`arn:aws:s3:::${Fn.select(0, ['{{resolve:ssm:/name}}', parameter(stack)])}`)],
  ])('is an error %s', (_, written) => {
    const stack = newStack();
    const define = () => {
      new ServiceAccountRole(stack, 'Role', {
        cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.CustomControllerPolicy({ statements: [reading('*'), written(stack)] })],
      });
      Template.fromStack(stack);
    };
    expect(define).toThrow(/cannot contain a secret or another dynamic reference|must be known before the deployment/);
  });
});

test('the ARN of a log group of the app keeps its meaning in texts', () => {
  const stack = newStack();
  const logs = new LogGroup(stack, 'Audit').logGroupArn;
  const sessionPolicy = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['logs:*'], resources: [logs, `arn:aws:s3:::${parameter(stack)}`] })] });
  const role = new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, credentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
  role.addTrustPolicyStatements(new iam.PolicyStatement({
    actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('logs.amazonaws.com')], conditions: { ArnLike: { 'aws:SourceArn': logs }, StringEquals: { 'sts:ExternalId': parameter(stack, 'Account') } },
  }));
  const { Resources } = Template.fromStack(stack).toJSON();
  const texts = ['AssumeRolePolicyDocument', 'Policy'].flatMap((property) => Object.values<any>(Resources).map(({ Properties }) => Properties[property])).filter((text) => text?.['Fn::Sub']);
  const arn = { 'Fn::GetAtt': [expect.stringMatching(/^Audit/), 'Arn'] }; // ends with :*
  expect(texts.map((text) => Object.values(text['Fn::Sub'][1]))).toEqual([expect.arrayContaining([arn]), expect.arrayContaining([arn])]);
  expect(texts.map((text) => deployed(stack, text, { ...OREGON, parameters: { Given: '*', Account: '*' } }))).toEqual([expect.stringContaining('"$\\u007b*}"'), expect.stringContaining(':::$\\u007b*}"')]);
});

test('a value in a map can be a dynamic reference, so it is escaped or refused', () => {
  const stack = newStack();
  const mapped = new CfnMapping(stack, 'Map', { mapping: { a: { b: '{{resolve:ssm:/x}}' } } }).findInMap('a', 'b');
  new ServiceAccountRole(stack, 'Role', {
    cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.CustomControllerPolicy({ statements: [reading(`arn:aws:s3:::${mapped}/*`)] })],
  });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  expect(JSON.stringify(Properties.PolicyDocument)).toContain('"Fn::Split":["*"');
});

describe('wildcards that the app writes', () => {
  const resourceOf = (resource: (value: string) => string, unmet: string[] = []) => {
    const stack = newStack();
    const controllerPolicies = [new policies.CustomControllerPolicy({ statements: [reading(resource(parameter(stack)))] })];
    new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, controllerPolicies });
    const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    return deployed(stack, Properties.PolicyDocument, { ...given('*'), unmet }).Statement[0].Resource;
  };

  test('keep their meaning beside a value of the deployment', () => {
    expect(resourceOf((value) => `arn:aws:s3:::${value}/\${aws:PrincipalTag/team}/*`)).toBe('arn:aws:s3:::${*}/${aws:PrincipalTag/team}/*');
  });

  test('keep their meaning in Fn::Sub', () => {
    expect(resourceOf(() => Fn.sub('arn:${AWS::Partition}:s3:::${Given}/${Name}/${!aws:username}/*', { Name: Fn.ref('Given') }))).toBe('arn:aws:s3:::${*}/${*}/${aws:username}/*');
  });

  test.each<[string[], string]>([[[], 'arn:aws:s3:::*'], [['All'], 'arn:aws:s3:::${*}/*']])('keep their meaning if Fn::If chooses them', (unmet, expected) => {
    expect(resourceOf((value) => Fn.conditionIf('All', 'arn:aws:s3:::*', `arn:aws:s3:::${value}/*`).toString(), unmet)).toBe(expected);
    expect(resourceOf((value) => `arn:aws:s3:::${Fn.conditionIf('All', '*', `${value}/*`)}`, unmet)).toBe(expected);
  });
});
