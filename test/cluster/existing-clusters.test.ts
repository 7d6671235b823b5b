import { App, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { config, env, prod, reachable, v1Cluster } from './existing-clusters';
import { IrsaCluster, KubernetesObjects, ObjectsAccess, OidcProvider, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack, version } from '../stacks';

test.each<[string, (stack: Stack) => unknown, string]>([
  ['aws-eks', (stack) => IrsaCluster.fromEksCluster(stack, 'Ours', v1Cluster(stack) as any), 'Apps/Ours: cluster must be a cluster of aws-eks-v2: for this cluster, use IrsaCluster.fromEksV1Cluster'],
  ['aws-eks-v2', (stack) => IrsaCluster.fromEksV1Cluster(stack, 'Ours', new eks.Cluster(stack, 'Theirs', { version }) as any),
    'Apps/Ours: cluster must be a cluster of aws-eks: for this cluster, use IrsaCluster.fromEksCluster'],
  ['which only the name is given', (stack) => IrsaCluster.fromEksV1Cluster(stack, 'Ours', 'prod' as any),
    'Apps/Ours: cluster is a string, but must be an ICluster, such as a Cluster of aws-eks; for a name, use IrsaCluster.fromIrsaClusterAttributes'],
])('the method of the other module refuses a cluster of %s', (_, use, message) => {
  expect(() => use(newStack('Apps'))).toThrow(new Error(message));
});

test('a provider that is none is an error where it is given', () => {
  expect(() => OidcProvider.existing(undefined as any)).toThrow(new Error('OidcProvider.existing: provider is undefined, but must be an IOpenIdConnectProvider, such as iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(…)'));
});

describe('logical ids of service accounts', () => {
  const idsOf = (define: (stack: Stack) => void) => {
    const stack = newStack();
    define(stack);
    return Object.keys(Template.fromStack(stack).findResources('Custom::KubernetesObjects')).filter((id) => id.startsWith('ServiceAccount'));
  };
  const reader = (stack: Stack, cluster: ReturnType<typeof prod>) =>
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports', createNamespace: false });

  test('depend on the name of the cluster, and not on the construct that represents it', () => {
    const byAttributes = idsOf((stack) => reader(stack, prod(stack, reachable)));
    expect(byAttributes).toHaveLength(1);
    expect(idsOf((stack) => reader(stack, prod(stack, reachable, 'Other')))).toEqual(byAttributes);
    expect(idsOf((stack) => reader(stack, newCluster(stack, { clusterName: 'prod' })))).toEqual(byAttributes);
    expect(idsOf((stack) => reader(stack, IrsaCluster.fromEksCluster(stack, 'Ours', new eks.Cluster(stack, 'Theirs', { version, clusterName: 'prod' }), { oidcProvider: OidcProvider.create() }))))
      .toEqual(byAttributes);
    expect(idsOf((stack) => reader(stack, IrsaCluster.fromEksV1Cluster(stack, 'Ours', v1Cluster(stack, { clusterName: 'prod' }), { oidcProvider: OidcProvider.create(), objectsAccess: ObjectsAccess.clusterAdmin() }))))
      .toEqual(byAttributes);
    expect(idsOf((stack) => reader(stack, prod(stack, { ...reachable, clusterName: 'staging' })))).not.toEqual(byAttributes);
  });

  test('depend on the path of a cluster whose name CloudFormation generates', () => {
    const ofEksCluster = (id: string) => idsOf((stack) =>
      reader(stack, IrsaCluster.fromEksCluster(stack, id, new eks.Cluster(stack, 'Theirs', { version }), { oidcProvider: OidcProvider.create() })));
    expect(ofEksCluster('Ours')).toEqual(ofEksCluster('Renamed'));
  });

  test('depend on the parameter that names the cluster', () => {
    const ofParameter = (id: string, name = 'Name') => idsOf((stack) => reader(stack, prod(stack, { ...reachable, clusterName: new CfnParameter(stack, name).valueAsString }, id)));
    expect(ofParameter('Ours')).toEqual(ofParameter('Renamed'));
    expect(ofParameter('Ours')).not.toEqual(ofParameter('Ours', 'OtherName'));
  });
});

test('a stage of a pipeline has its own function for a cluster that another stage imports, too', () => {
  const app = new App();
  for (const id of ['Beta', 'Prod']) {
    const stack = newStack('Apps', { env: { ...env, region: id === 'Beta' ? 'eu-west-1' : env.region } }, new Stage(app, id));
    new KubernetesObjects(stack, 'Config', { cluster: prod(stack, reachable), objects: [config] });
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 1);
  }
});
