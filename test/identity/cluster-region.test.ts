import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ENV, existing } from './controller-roles';
import { IrsaCluster, policies, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { newStack } from '../stacks';

const ID = 'EXAMPLED539D4633E53DE1B71EXAMPLE';

/** The warnings about a cluster with an issuer in another Region than the stack. */
function warnings(region: string, { clusterArn, controllerPolicies }: { clusterArn?: string; controllerPolicies: policies.IControllerPolicy[] }) {
  const stack = newStack('Apps', { env: ENV });
  const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', clusterArn, issuerUrl: `https://oidc.eks.${region}.amazonaws.com/id/${ID}` });
  new ServiceAccountRole(stack, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('a', 'b')], controllerPolicies });
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:cluster-region')).map(({ id, entry }) => `${id}: ${entry.data}`);
}

const regional = { controllerPolicies: [new policies.ClusterAutoscalerPolicy(), new policies.EbsCsiDriverPolicy()] };

test('a controller of a cluster in another Region than its policies gets a warning, because it would be denied', () => {
  expect(warnings('eu-west-1', regional)).toEqual([
    `/Apps/Role/Resource: the issuer of cluster Apps/Prod is in eu-west-1, but controllerPolicies are for ${ENV.region}, the Region of its stack or clusterArn. `
    + 'If the cluster is in eu-west-1, the controller is denied what it needs: import the cluster in a stack of that Region, or set clusterArn [ack: cdk-irsa:cluster-region]',
  ]);
});

test.each<[string, () => string[]]>([
  ['a cluster in the Region of the stack', () => warnings(ENV.region, regional)],
  ['a cluster with its ARN', () => warnings('eu-west-1', { ...regional, clusterArn: `arn:aws:eks:eu-west-1:${ENV.account}:cluster/prod` })],
  ['policies without a Region', () => warnings('eu-west-1', { controllerPolicies: [new policies.ExternalDnsPolicy({ allHostedZones: true })] })],
  ['a cluster whose issuer is not known', () => {
    const stack = newStack('Apps', { env: ENV });
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), ...regional, subjects: [ServiceAccountSubject.exact('a', 'b')] });
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:cluster-region')).map(({ id }) => id);
  }],
])('there is no warning for %s', (_, found) => {
  expect(found()).toEqual([]);
});
