import { App, Aws, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { config, subjects, v1Cluster, withoutAwsAuth } from './existing-clusters';
import { ExistingClusterOptions, IrsaCluster, KubernetesObjects, ObjectsAccess, OidcProvider, ServiceAccountRole } from '../../lib';
import { newStack } from '../stacks';

describe('a cluster of aws-eks', () => {
  const withObjects = (stack: Stack, theirs: eksv1.Cluster, options: ExistingClusterOptions = {}) => new KubernetesObjects(stack, 'Config', {
    cluster: IrsaCluster.fromEksV1Cluster(stack, 'Ours', theirs, { oidcProvider: OidcProvider.create(), objectsAccess: ObjectsAccess.clusterAdmin(), ...options }),
    objects: [config],
  });

  test.each([undefined, eksv1.AuthenticationMode.CONFIG_MAP])('with the authentication mode %s maps the function in aws-auth', (authenticationMode) => {
    const stack = newStack();
    withObjects(stack, v1Cluster(stack, { authenticationMode }));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EKS::AccessEntry', 0);
    const [manifest] = Object.values(template.findResources('Custom::AWSCDK-EKS-KubernetesResource')).map(({ Properties }) => JSON.stringify(Properties.Manifest));
    expect(manifest).toContain('system:masters');
    const [[, set]] = Object.entries(template.findResources('Custom::KubernetesObjects'));
    expect(set.DependsOn).toBeDefined();
  });

  test('with access entries gets one', () => {
    const stack = newStack();
    withObjects(stack, v1Cluster(stack, { authenticationMode: eksv1.AuthenticationMode.API_AND_CONFIG_MAP }));
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 1);
  });

  test('maps the function to Kubernetes groups', () => {
    const stack = newStack();
    withObjects(stack, v1Cluster(stack), { objectsAccess: ObjectsAccess.kubernetesGroups(['deployers']) });
    const manifests = JSON.stringify(Template.fromStack(stack).findResources('Custom::AWSCDK-EKS-KubernetesResource'));
    expect(manifests).toContain('deployers');
    expect(manifests).not.toContain('system:masters');
  });

  test('without access entries and awsAuth is an error, because aws-cdk would remove the roles of nodes', () => {
    const stack = newStack('Apps');
    const theirs = withoutAwsAuth(stack);
    expect(() => withObjects(stack, theirs)).toThrow(
      'Apps/Ours: the app does not use awsAuth of Apps/Theirs, and aws-cdk would remove all other roles from the ConfigMap aws-auth, such as those of nodes: '
      + 'define the nodegroups of the app before this construct, and map all other roles with awsAuth.addRoleMapping; or set authenticationMode to API_AND_CONFIG_MAP');
  });

  test('without access entries and with nodegroups that the app defines first is served, and each role is mapped once', () => {
    const stack = newStack();
    const theirs = withoutAwsAuth(stack);
    theirs.addNodegroupCapacity('Nodes');
    withObjects(stack, theirs);
    const manifests = JSON.stringify(Template.fromStack(stack).findResources('Custom::AWSCDK-EKS-KubernetesResource'));
    expect([...manifests.matchAll(/system:nodes|cdk-irsa/g)].map(([found]) => found)).toEqual(['system:nodes', 'cdk-irsa']);
  });

  test('without access entries does not accept a role with a path for the function', () => {
    const stack = newStack('Apps');
    const role = new iam.Role(stack, 'Role', { path: '/functions/', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    expect(() => withObjects(stack, v1Cluster(stack), { objectsFunction: { role } })).toThrow(
      'Apps/Ours: objectsFunction.role must be a role without a path: the authenticationMode of the cluster is CONFIG_MAP, the default of aws-eks, '
      + 'and the ConfigMap aws-auth does not accept ARNs with a path');
  });

  test('without access entries needs objectsAccess, so that its function has access until the last objects are deleted', () => {
    const stack = newStack('Apps');
    expect(() => withObjects(stack, v1Cluster(stack), { objectsAccess: undefined })).toThrow(
      'Apps/Ours: objectsAccess must be set to ObjectsAccess.clusterAdmin() or ObjectsAccess.kubernetesGroups(…) for a cluster whose authenticationMode is CONFIG_MAP, the default of aws-eks: '
      + 'otherwise, the deployment that removes the last objects would first remove the access of the function from the ConfigMap aws-auth');
  });

  test('without access entries does not accept an imported role with a path for the function', () => {
    const stack = newStack('Apps');
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/functions/objects');
    expect(() => withObjects(stack, v1Cluster(stack), { objectsFunction: { role } })).toThrow('Apps/Ours: objectsFunction.role must be a role without a path');
  });

  describe('without access entries, where aws-cdk writes aws-auth without escaping values', () => {
    const open = (stack: Stack) => new CfnParameter(stack, 'Open').valueAsString;
    const role = (stack: Stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const imported = (stack: Stack, arn: string) => iam.Role.fromRoleArn(stack, 'Imported', arn);
    const withOverriddenPath = (stack: Stack) => {
      const created = role(stack);
      (created.node.defaultChild as iam.CfnRole).addPropertyOverride('Path', `/${open(stack)}/`);
      return created;
    };
    const synthesize = (options: (stack: Stack) => ExistingClusterOptions) => {
      const stack = newStack('Apps');
      withObjects(stack, v1Cluster(stack), options(stack));
      return Template.fromStack(stack);
    };
    const MODE = 'the authenticationMode of the cluster is CONFIG_MAP, the default of aws-eks';

    test.each<[string, (stack: Stack) => string]>([
      ['a parameter', open],
      ['a name that ends with a parameter', (stack) => `deployers-${open(stack)}`],
      ['a parameter that can be an administrator', (stack) => new CfnParameter(stack, 'Listed', { allowedValues: ['system:masters', 'deployers'] }).valueAsString],
      ['a name that can become one of Kubernetes itself', () => `${Aws.STACK_NAME}:masters`],
      ['a name that begins like one of Kubernetes itself', () => `sys${Aws.STACK_NAME}`],
      ['a group of Kubernetes itself that is determined later', () => Lazy.string({ produce: () => 'system:masters' })],
    ])('a group cannot be %s', (_, group) => {
      expect(() => synthesize((stack) => ({ objectsAccess: ObjectsAccess.kubernetesGroups(['deployers', group(stack)]) }))).toThrow(
        '[Apps/Ours] kubernetesGroups[1] must be a name that begins with a literal other than "system:", such as "team-". All other parts must be literals, or values that AWS, allowedValues or '
        + 'an allowedPattern such as [a-z0-9-]+ limits: '
        + `${MODE}, and aws-cdk inserts values into the ConfigMap aws-auth without escaping them`);
    });

    test.each<[string, (stack: Stack) => iam.IRole]>([
      ['an ARN that is a parameter', (stack) => imported(stack, open(stack))],
      ['an ARN with a name that is a parameter', (stack) => imported(stack, `arn:aws:iam::123456789012:role/${open(stack)}`)],
      ['a path that is overridden with a parameter', withOverriddenPath],
    ])('the role of the function cannot have %s', (_, theirs) => {
      expect(() => synthesize((stack) => ({ objectsFunction: { role: theirs(stack) } }))).toThrow(
        '[Apps/Ours] the ARN of objectsFunction.role must be a literal, or that of a role in this app without a path: '
        + `${MODE}, and aws-cdk inserts values into the ConfigMap aws-auth without escaping them`);
    });

    test.each<[string, (stack: Stack) => ExistingClusterOptions]>([
      ['a role of the app', (stack) => ({ objectsFunction: { role: role(stack) } })],
      ['a role of another stack', (stack) => ({ objectsFunction: { role: imported(stack, role(newStack('Other', undefined, stack.node.root as App)).roleArn) } })],
      ['a role with a literal ARN', (stack) => ({ objectsFunction: { role: imported(stack, 'arn:aws:iam::123456789012:role/objects') } })],
      ['a group whose name AWS completes', () => ({ objectsAccess: ObjectsAccess.kubernetesGroups([`deployers-${Aws.REGION}`, 'system']) })],
    ])('%s is accepted', (_, options) => {
      expect(() => synthesize(options)).not.toThrow();
    });
  });

  test('without access entries cannot limit the function to namespaces', () => {
    const stack = newStack('Apps');
    expect(() => withObjects(stack, v1Cluster(stack), { objectsAccess: ObjectsAccess.namespaces(['reports']) })).toThrow(
      'Apps/Ours: objectsAccess must be ObjectsAccess.clusterAdmin() or ObjectsAccess.kubernetesGroups(…): '
      + 'the authenticationMode of the cluster is CONFIG_MAP, the default of aws-eks, so it has no access entries');
  });

  test('without access entries is used from the stack of the cluster', () => {
    const app = new App();
    const [platform, apps] = [newStack('Platform', undefined, app), newStack('Apps', undefined, app)];
    expect(() => withObjects(apps, v1Cluster(platform))).toThrow(
      'Apps/Ours: the cluster is in stack Platform, but this construct is in Apps, and both stacks would depend on each other, '
      + 'because the authenticationMode of the cluster is CONFIG_MAP, the default of aws-eks: '
      + 'define this construct in the stack of the cluster, or set authenticationMode to API_AND_CONFIG_MAP');
  });

  test.each(Object.values(eksv1.AuthenticationMode))('with the authentication mode %s can have a role in any stack, which adds only the role and the provider', (authenticationMode) => {
    const app = new App();
    const [platform, apps] = [newStack('Platform', undefined, app), newStack('Apps', undefined, app)];
    const cluster = IrsaCluster.fromEksV1Cluster(apps, 'Ours', withoutAwsAuth(platform, { authenticationMode }), { oidcProvider: OidcProvider.create() });
    new ServiceAccountRole(apps, 'Sync', { cluster, subjects });
    expect(Object.values<any>(Template.fromStack(apps).toJSON().Resources).map(({ Type }) => Type)).toEqual(['AWS::IAM::OIDCProvider', 'AWS::IAM::Role']);
  });
});
