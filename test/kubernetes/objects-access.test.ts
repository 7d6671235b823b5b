import { App, Aws, CfnParameter, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ObjectsAccess } from '../../lib';
import { deployed, OREGON } from '../deployed';
import { newCluster, newStack } from '../stacks';

const { clusterAdmin, namespaces, kubernetesGroups, none } = ObjectsAccess;

function templateWith(objectsAccess?: ObjectsAccess) {
  const stack = newStack();
  newCluster(stack, { objectsAccess });
  return Template.fromStack(stack).toJSON();
}

const counted = (types: string[]) =>
  Object.fromEntries([...new Set(types)].sort().map((type) => [type, types.filter((each) => each === type).length]));
const typesIn = ({ Resources }: any) => counted(Object.values<any>(Resources).map(({ Type }) => Type).filter((type) => !type.startsWith('AWS::EC2::')));

const CLUSTER = { 'AWS::EKS::Cluster': 1, 'AWS::IAM::OIDCProvider': 1, 'AWS::IAM::Role': 1, 'AWS::SSM::Parameter': 1 };
const WITH_FUNCTION = {
  ...CLUSTER,
  'AWS::EKS::AccessEntry': 1,
  'AWS::IAM::Policy': 2,
  'AWS::IAM::Role': 3,
  'AWS::Lambda::EventInvokeConfig': 1,
  'AWS::Lambda::Function': 2,
  'AWS::Logs::LogGroup': 2,
};

test.each<[string, ObjectsAccess | undefined, object]>([
  ['the default', undefined, WITH_FUNCTION],
  ['clusterAdmin()', clusterAdmin(), WITH_FUNCTION],
  ['namespaces(…)', namespaces(['a', 'b']), WITH_FUNCTION],
  ['namespaces(…, { allowRbac: true })', namespaces(['a', 'b'], { allowRbac: true }), WITH_FUNCTION],
  ['kubernetesGroups(…)', kubernetesGroups(['deployers']), WITH_FUNCTION],
  ['none()', none(), CLUSTER],
])('with %s, a cluster has these resources besides its VPC', (_, access, resources) => {
  expect(typesIn(templateWith(access))).toEqual(resources);
});

const arn = (policy: string, partition = 'aws') => `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;
const ADMINISTRATOR = [{ PolicyArn: arn('AmazonEKSClusterAdminPolicy'), AccessScope: { Type: 'cluster' } }];
const scoped = (policy: string, ...names: string[]) => ({ PolicyArn: arn(policy), AccessScope: { Type: 'namespace', Namespaces: names } });

function entryWith(access?: ObjectsAccess, place = OREGON) {
  const stack = newStack();
  newCluster(stack, { objectsAccess: access });
  const [{ Properties: { AccessPolicies, KubernetesGroups } }] = Object.values(Template.fromStack(stack).findResources('AWS::EKS::AccessEntry'));
  return { policies: deployed(stack, AccessPolicies, place), groups: KubernetesGroups };
}

test.each<[string, ObjectsAccess | undefined, object]>([
  ['the default', undefined, { policies: ADMINISTRATOR, groups: [] }],
  ['clusterAdmin()', clusterAdmin(), { policies: ADMINISTRATOR, groups: [] }],
  ['namespaces(…)', namespaces(['a', 'b']), { policies: [scoped('AmazonEKSEditPolicy', 'a', 'b', 'cdk-irsa')], groups: [] }],
  ['namespaces(…, { allowRbac: true }), and no more in the namespace of the records', namespaces(['a', 'b'], { allowRbac: true }),
    { policies: [scoped('AmazonEKSAdminPolicy', 'a', 'b'), scoped('AmazonEKSEditPolicy', 'cdk-irsa')], groups: [] }],
  ['kubernetesGroups(…)', kubernetesGroups(['deployers', 'readers']), { policies: [], groups: ['deployers', 'readers'] }],
])('the access entry of the function says what it is allowed to do with %s', (_, access, entry) => {
  expect(entryWith(access)).toEqual(entry);
});

test.each(['aws', 'aws-cn', 'aws-us-gov'])('access policies have the partition %s', (partition) => {
  const { policies } = entryWith(namespaces(['a'], { allowRbac: true }), { ...OREGON, partition });
  expect(policies.map(({ PolicyArn }: any) => PolicyArn)).toEqual([arn('AmazonEKSAdminPolicy', partition), arn('AmazonEKSEditPolicy', partition)]);
});

test('the access entry is created after the cluster, even if the name of the cluster is a literal', () => {
  const stack = newStack();
  newCluster(stack, { clusterName: 'main' });
  const { ClusterC2E21B66: cluster, ...others } = Template.fromStack(stack).toJSON().Resources;
  const entries = Object.values<any>(others).filter(({ Type }) => Type === 'AWS::EKS::AccessEntry');
  expect(cluster.Properties.Name).toBe('main');
  expect(entries.map(({ Properties }) => Properties.ClusterName)).toEqual([{ Ref: 'ClusterC2E21B66' }]);
});

describe('a change of the access', () => {
  test('changes only the access entry, and only properties that CloudFormation updates in place', () => {
    const [first, ...others] = [clusterAdmin(), namespaces(['a']), namespaces(['a', 'b'], { allowRbac: true }), kubernetesGroups(['deployers'])].map(templateWith);
    const ENTRY = 'ClusterKubernetesObjectsProviderAccess8107694C';
    const { ClusterName, PrincipalArn } = first.Resources[ENTRY].Properties;
    for (const { Resources } of others) {
      expect({ ...Resources, [ENTRY]: first.Resources[ENTRY] }).toEqual(first.Resources);
      const { AccessPolicies, KubernetesGroups, ...rest } = Resources[ENTRY].Properties;
      expect(rest).toEqual({ ClusterName, PrincipalArn });
    }
  });

  test('from none() adds the function and changes nothing else', () => {
    const { Resources } = templateWith(none());
    expect(templateWith(clusterAdmin()).Resources).toMatchObject(Resources);
  });
});

describe('what is not accepted', () => {
  test.each<[string, () => unknown, string]>([
    ['no namespaces', () => namespaces([]), 'ObjectsAccess.namespaces: names must be a list of one or more names: the names can be tokens, but not the list'],
    ['a namespace that is no list', () => namespaces('a' as any), 'ObjectsAccess.namespaces: names must be a list of one or more names: the names can be tokens, but not the list'],
    ['a list that is a token', () => namespaces(Token.asList(Lazy.any({ produce: () => ['a'] }))),
      'ObjectsAccess.namespaces: names must be a list of one or more names: the names can be tokens, but not the list'],
    ['the name of a namespace that Kubernetes does not accept', () => namespaces(['a', 'Team']),
      'ObjectsAccess.namespaces: names[1] is "Team", but must be an RFC 1123 label of 1 to 63 lowercase letters, digits and hyphens that begins and ends with a letter or digit: for example "team"'],
    ['a namespace twice', () => namespaces(['a', 'a']), 'ObjectsAccess.namespaces: names[1] is "a", but must be listed once: remove it'],
    ['the namespace of the records', () => namespaces(['cdk-irsa']),
      'ObjectsAccess.namespaces: names[0] is "cdk-irsa", but must be omitted: the function has access to this namespace anyway, and no object can be in it'],
    ['an option with another name', () => namespaces(['a'], { allowRBAC: true } as any),
      'ObjectsAccess.namespaces: options.allowRBAC is not a property of NamespacesAccessOptions: did you mean allowRbac?'],
    ['no groups', () => kubernetesGroups([]), 'ObjectsAccess.kubernetesGroups: groups must be a list of one or more names: the names can be tokens, but not the list'],
    ['a group without a name', () => kubernetesGroups(['a', '']),
      'ObjectsAccess.kubernetesGroups: groups[1] is "", but must be a name that is not empty and does not start with "system:": Amazon EKS allows no other group in an access entry'],
    ['a group of Kubernetes itself', () => kubernetesGroups(['system:masters']),
      'ObjectsAccess.kubernetesGroups: groups[0] is "system:masters", but must be a name that is not empty and does not start with "system:": Amazon EKS allows no other group in an access entry'],
    ['a group twice', () => kubernetesGroups(['a', 'a']), 'ObjectsAccess.kubernetesGroups: groups[1] is "a", but must be listed once: remove it'],
  ])('%s', (_, create, message) => {
    expect(create).toThrow(new Error(message));
  });

  test('a string instead of an access', () => {
    expect(() => newCluster(newStack(), { objectsAccess: 'none' as any })).toThrow(
      new Error('Stack/Cluster: objectsAccess is a string, but must be an ObjectsAccess, such as ObjectsAccess.clusterAdmin()'));
  });

  test('options of the function without a function', () => {
    expect(() => newCluster(newStack(), { objectsAccess: none(), objectsFunction: {} })).toThrow(
      new Error('Stack/Cluster: objectsFunction must be omitted with ObjectsAccess.none(): there is no function that applies objects'));
  });
});

describe('the name of a namespace', () => {
  const synthesize = (name: (stack: Stack) => string) => {
    const stack = new Stack(new App(), 'Stack');
    const cluster = newCluster(stack, { objectsAccess: namespaces(['a', name(stack)]) });
    cluster.addKubernetesObjects('Objects', { objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'unknown' } }] });
    return Template.fromStack(stack);
  };

  test.each<[string, (stack: Stack) => string]>([
    ['a parameter', (stack) => new CfnParameter(stack, 'Name').valueAsString],
    ['a name that begins with a parameter', (stack) => `${new CfnParameter(stack, 'Name').valueAsString}-team`],
    ['a wildcard that is determined later', () => Lazy.string({ produce: () => '*' })],
    ['a wildcard in a name that AWS completes', () => `*-${Aws.REGION}`],
  ])('cannot be %s', (_, name) => {
    expect(() => synthesize(name)).toThrow('namespaces[1] of objectsAccess must be a literal without wildcards, or a value whose characters AWS limits: '
      + 'Amazon EKS expands wildcards, so any other value could match every namespace: give a parameter allowedValues or an allowedPattern such as [a-z0-9-]+');
  });

  test.each<[string, (stack: Stack) => string, object | string]>([
    ['a parameter whose values are listed', (stack) => new CfnParameter(stack, 'Name', { allowedValues: ['blue', 'green'] }).valueAsString, { Ref: 'Name' }],
    ['a name that AWS completes', () => `team-${Aws.REGION}`, { 'Fn::Join': ['', ['team-', { Ref: 'AWS::Region' }]] }],
    ['a name that is determined later', () => Lazy.string({ produce: () => 'later' }), 'later'],
  ])('can be %s', (_, name, written) => {
    synthesize(name).hasResourceProperties('AWS::EKS::AccessEntry', { AccessPolicies: [{ AccessScope: { Type: 'namespace', Namespaces: ['a', written, 'cdk-irsa'] } }] });
  });
});

test('the name of a group can be any token', () => {
  const stack = newStack();
  newCluster(stack, { objectsAccess: kubernetesGroups([new CfnParameter(stack, 'Name').valueAsString]) });
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::AccessEntry', { KubernetesGroups: [{ Ref: 'Name' }] });
});
