import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { read } from './documents';
import { OPEN_EXAMPLES } from './policies/open-examples';
import { version } from './stacks';
import * as lib from '../lib';
import { KNOWN_ADDONS } from '../lib/cluster/private/known-addons';
import { isClusterResource } from '../lib/private/cluster-resource';

/** What this test uses of cdk-nag, which package-lock.json does not have: it needs a newer aws-cdk-lib than this library. */
interface Checks {
  isAcknowledged(construct: IConstruct, id: string): boolean;
  validateScope(scope: IConstruct): { violations: { ruleName: string; violatingResources: { constructPath: string }[] }[] };
}
const nag = 'Validations' in cdk ? jest.requireActual<{ AwsSolutionsChecks: new () => Checks }>('cdk-nag') : undefined;
const testWithNag = nag ? test : test.skip;

// As of aws-cdk-lib 2.268, the clusters of aws-eks-v2 have a class of their own, which cdk-nag 3.0.2 does not recognize.
beforeAll(() => {
  Object.defineProperty(eksv1.CfnCluster, Symbol.hasInstance, { value: isClusterResource, configurable: true });
});
afterAll(() => {
  Reflect.deleteProperty(eksv1.CfnCluster, Symbol.hasInstance);
});

/** Every construct of this library, in stacks that differ in what cdk-nag finds. The id of each construct is the name of its class. */
function everyConstruct(): cdk.App {
  const app = new cdk.App();
  const stack = (id: string, define: (scope: Construct, vpc: ec2.Vpc) => void, env?: cdk.Environment) => {
    const scope = new cdk.Stack(app, id, { env });
    define(scope, new ec2.Vpc(scope, 'Vpc', { ipProtocol: ec2.IpProtocol.DUAL_STACK }));
  };
  const cluster = (scope: Construct, props: Partial<lib.IrsaClusterProps>) => new lib.IrsaCluster(scope, 'IrsaCluster', { version, ...props });
  const nodegroup = (scope: Construct, props: lib.IrsaNodegroupProps) => new lib.IrsaNodegroup(scope, 'IrsaNodegroup', props);
  const reviewed = {
    clusterLogging: [
      eks.ClusterLoggingTypes.API, eks.ClusterLoggingTypes.AUDIT, eks.ClusterLoggingTypes.AUTHENTICATOR,
      eks.ClusterLoggingTypes.CONTROLLER_MANAGER, eks.ClusterLoggingTypes.SCHEDULER,
    ],
    endpointAccess: eks.EndpointAccess.PRIVATE,
  };
  const accounts = (scope: Construct, inCluster: lib.IIrsaCluster) => {
    new lib.ServiceAccountRole(scope, 'ServiceAccountRole', { cluster: inCluster, subjects: [lib.ServiceAccountSubject.exact('apps', 'api')] });
    new lib.ServiceAccountWithRole(scope, 'ServiceAccountWithRole', { cluster: inCluster, serviceAccountName: 'alone' });
    new lib.ServiceAccountSet(scope, 'ServiceAccountSet', { cluster: inCluster }).addServiceAccountWithRole('Account', { serviceAccountName: 'in-set' });
    new lib.KubernetesObjects(scope, 'KubernetesObjects', { cluster: inCluster, objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } }] });
  };
  const statement = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::models/llm'] });

  stack('Defaults', (scope) => accounts(scope, cluster(scope, {})));
  stack('Reviewed', (scope, vpc) => {
    const { eksCluster } = cluster(scope, { ...reviewed, vpc });
    nodegroup(scope, { cluster: eksCluster });
  }, { account: '123456789012', region: 'eu-central-1' });
  stack('Bottlerocket', (scope, vpc) => {
    const { eksCluster } = cluster(scope, { ...reviewed, vpc, objectsAccess: lib.ObjectsAccess.none() });
    nodegroup(scope, { cluster: eksCluster, amiFamily: lib.NodeAmiFamily.BOTTLEROCKET, ssm: false });
  });
  stack('AutoMode', (scope, vpc) => cluster(scope, { ...reviewed, vpc, autoMode: true }));
  stack('GivenRoles', (scope, vpc) => cluster(scope, {
    ...reviewed,
    vpc,
    role: new iam.Role(scope, 'ClusterRole', { assumedBy: new iam.ServicePrincipal('eks.amazonaws.com') }),
    objectsFunction: { role: new iam.Role(scope, 'FunctionRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }) },
  }));
  for (const env of [undefined, { account: '123456789012', region: 'cn-north-1' }]) {
    stack(env ? 'Ipv6InChina' : 'Ipv6', (scope, vpc) => {
      const { eksCluster } = cluster(scope, { ...reviewed, vpc, ipFamily: eks.IpFamily.IP_V6 });
      nodegroup(scope, { cluster: eksCluster });
    }, env);
  }
  stack('Ipv6WithPolicies', (scope, vpc) => {
    const { eksCluster } = cluster(scope, { ...reviewed, vpc, ipFamily: eks.IpFamily.IP_V6 });
    nodegroup(scope, { cluster: eksCluster, inlinePolicies: { Own: new iam.PolicyDocument({ statements: [statement] }) } });
  });
  for (const addonName of Object.keys(KNOWN_ADDONS)) {
    stack(`Addon-${addonName}`, (scope) => {
      const issuerUrl = `https://oidc.eks.eu-central-1.amazonaws.com/id/E2${addonName.replaceAll('-', '')}`;
      const inCluster = lib.IrsaCluster.fromIrsaClusterAttributes(scope, 'IrsaCluster', { clusterName: addonName, issuerUrl });
      new lib.IrsaAddon(scope, 'IrsaAddon', { cluster: inCluster, addonName });
    });
  }
  for (const inlinePolicies of [undefined, { Own: new iam.PolicyDocument({ statements: [statement] }) }]) {
    stack(inlinePolicies ? 'Ipv6AddonWithPolicies' : 'Ipv6Addon', (scope, vpc) => {
      const inCluster = cluster(scope, { ...reviewed, vpc, ipFamily: eks.IpFamily.IP_V6 });
      new lib.IrsaAddon(scope, 'IrsaAddon', { cluster: inCluster, addonName: 'vpc-cni', inlinePolicies });
    });
  }
  stack('Existing', (scope, vpc) => accounts(scope, lib.IrsaCluster.fromIrsaClusterAttributes(scope, 'IrsaCluster', {
    clusterName: 'existing',
    issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/E1',
    clusterEndpoint: 'https://E1.gr7.eu-central-1.eks.amazonaws.com',
    clusterCertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t',
    vpc,
    clusterSecurityGroup: ec2.SecurityGroup.fromSecurityGroupId(scope, 'ClusterSecurityGroup', 'sg-1'),
  })));
  return app;
}

/** A finding on a resource of this library. */
interface Finding { readonly id: string; readonly resource: IConstruct }

function findingsIn(app: cdk.App, checks: Checks): Finding[] {
  const resources = new Map(app.node.findAll().map((construct) => [construct.node.path, construct]));
  return checks.validateScope(app).violations
    .flatMap(({ ruleName: id, violatingResources: all }) => all.map(({ constructPath }) => ({ id, resource: resources.get(constructPath)! })))
    .filter(({ resource }) => isOurs(resource));
}

const acknowledgedOn = ({ node }: IConstruct): { [id: string]: string } =>
  Object.assign({}, ...node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules').map(({ data }) => data));

const isOurs = ({ node }: IConstruct) => node.path.split('/')[1] in lib;

/** The id without what is long or differs between stacks, such as the partition. */
function shortId(id: string): string {
  const [, rule = id, kind, detail] = /^([\w-]+)\[(\w+)::(.*)\]$/.exec(id) ?? [];
  if (kind === undefined || kind === 'LogExport') {
    return `\`${rule}\``;
  }
  const short = detail.replace(/^arn:<AWS::Partition>:iam::aws:policy\//, '')
    .replace(/^arn:aws(-cn)?:/, 'arn:<AWS::Partition>:')
    .replace(/^<\w*(Handler)\w{8}\.Arn>/, '<$1.Arn>');
  return `\`${rule}\`: \`${short}\``;
}

const pathOf = ({ node }: IConstruct) => node.path.split('/').slice(1).join('/').replace(/\/Resource$/, '');
/** The first columns of a row in SECURITY.md. */
const row = (id: string, construct: IConstruct) => `| ${shortId(id)} | \`${pathOf(construct)}\` |`;
const rows = (all: string[]) => [...new Set(all)].sort();
const rowsBelow = (header: string) => read('SECURITY.md').split(`${header}\n`)[1].split('\n\n')[0].split('\n').slice(1).sort();

describe('with cdk-nag, which .ci/newest installs together with an aws-cdk-lib that has Validations', () => {
  testWithNag('SECURITY.md lists the findings that are acknowledged and the reasons, and no acknowledgement is without a finding', () => {
    const app = everyConstruct();
    const found = findingsIn(app, Object.assign(new nag!.AwsSolutionsChecks(), { isAcknowledged: () => false }));
    const acknowledged = found.flatMap(({ id, resource }) => resource.node.scopes.map((scope) => ({ id, scope })))
      .filter(({ id, scope }) => id in acknowledgedOn(scope));
    const all = app.node.findAll().filter(isOurs).flatMap((scope) => Object.keys(acknowledgedOn(scope)).map((id) => ({ id, scope })));
    const withReason = ({ id, scope }: { id: string; scope: IConstruct }) => `${row(id, scope)} ${acknowledgedOn(scope)[id]} |`;
    expect(rows(acknowledged.map(withReason))).toEqual(rows(all.map(withReason)));
    expect(rows(all.map(withReason))).toEqual(rowsBelow('| Finding | Acknowledged on | Why |'));
  });

  testWithNag('SECURITY.md lists the findings that are not acknowledged', () => {
    const found = findingsIn(everyConstruct(), new nag!.AwsSolutionsChecks());
    const listed = rowsBelow('| Finding | Construct | What you can do |').map((line) => line.replace(/ [^|]* \|$/, ''));
    expect(rows(found.map(({ id, resource }) => row(id, resource)))).toEqual(listed);
  });

  testWithNag('policies that are attached to a node role later are not acknowledged', () => {
    const stack = new cdk.Stack();
    const { eksCluster } = new lib.IrsaCluster(stack, 'IrsaCluster', { version, ipFamily: eks.IpFamily.IP_V6 });
    const { role } = new lib.IrsaNodegroup(stack, 'IrsaNodegroup', { cluster: eksCluster });
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
    const found = findingsIn(stack.node.root as cdk.App, new nag!.AwsSolutionsChecks());
    expect(found.map(({ id, resource }) => row(id, resource))).toContain('| `AwsSolutions-IAM5`: `*` | `IrsaNodegroup/Role/DefaultPolicy` |');
  });

  testWithNag('wildcards of controllerPolicies are found, and can be acknowledged on the managed policy, as the guide says', () => {
    const stack = new cdk.Stack();
    const inCluster = lib.IrsaCluster.fromIrsaClusterAttributes(stack, 'IrsaCluster', { clusterName: 'prod', issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/E3' });
    const controllerPolicies = [new lib.policies.ClusterAutoscalerPolicy()];
    const { role } = new lib.ServiceAccountRole(stack, 'ServiceAccountRole', { cluster: inCluster, controllerPolicies });
    const find = () => findingsIn(stack.node.root as cdk.App, new nag!.AwsSolutionsChecks());
    const found = find();
    expect(found.map(({ id, resource }) => row(id, resource))).toContain('| `AwsSolutions-IAM5`: `*` | `ServiceAccountRole/Resource/ControllerPolicy1` |');
    const { Validations } = cdk as any; // which the oldest aws-cdk-lib does not have
    Validations.of(role.node.findChild('ControllerPolicy1')).acknowledge(...found.map(({ id }) => ({ id, reason: 'Reviewed.' })));
    expect(find()).toEqual([]);
  });

  testWithNag.each(Object.keys(OPEN_EXAMPLES))('%s with values that are known only at deployment makes no rule fail', (name) => {
    const stack = new cdk.Stack();
    const controllerPolicies = [OPEN_EXAMPLES[name](stack)];
    const clusterName = new cdk.CfnParameter(stack, 'ClusterName').valueAsString;
    const inCluster = lib.IrsaCluster.fromIrsaClusterAttributes(stack, 'IrsaCluster', { clusterName, issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/E4' });
    const subjects = [lib.ServiceAccountSubject.exact('apps', 'controller')];
    new lib.ServiceAccountRole(stack, 'ServiceAccountRole', { cluster: inCluster, subjects, controllerPolicies });
    const found = findingsIn(stack.node.root as cdk.App, new nag!.AwsSolutionsChecks());
    expect([...new Set(found.map(({ id }) => id.split('[')[0]))]).toEqual(['AwsSolutions-IAM5']); // of which it loses all if it fails
  });

  testWithNag('SECURITY.md names the version of cdk-nag', () => {
    expect(read('SECURITY.md')).toContain(`cdk-nag ${jest.requireActual('cdk-nag/package.json').version}`);
  });
});
