import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IrsaCluster, PodCredentials, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { blocksOf, read } from '../documents';
import { newCluster, newStack, version } from '../stacks';

const page = read('docs/why-not-only-pod-identity.md');

interface Resource {
  readonly Type: string;
  readonly Properties: any;
}

/** The resources that the second of two service accounts adds to a stack. */
function added(define: (stack: Stack, names: string[]) => void): Resource[] {
  const [before, after] = [['first'], ['first', 'second']].map((names) => {
    const stack = newStack();
    define(stack, names);
    return Template.fromStack(stack).toJSON().Resources as { readonly [id: string]: Resource };
  });
  return Object.entries(after).filter(([id]) => !(id in before)).map(([, resource]) => resource);
}

const typesOf = (resources: Resource[]) => resources.map(({ Type }) => Type).sort();

test('the page shows the trust policy of aws-eks-v2, and how many resources an account is there', () => {
  const resources = added((stack, names) => {
    const kubectlLayer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:us-west-2:123456789012:layer:kubectl:1');
    const cluster = new eks.Cluster(stack, 'Theirs', { version, kubectlProviderOptions: { kubectlLayer } });
    names.forEach((name) => cluster.addServiceAccount(name, { name, namespace: 'reports', identityType: eks.IdentityType.POD_IDENTITY }));
  });
  expect(typesOf(resources)).toEqual(['AWS::EKS::PodIdentityAssociation', 'AWS::IAM::Role', 'Custom::AWSCDK-EKS-KubernetesResource']);
  const [{ Properties }] = resources.filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(JSON.parse(blocksOf('docs/why-not-only-pod-identity.md', 'json')[0])).toEqual(Properties.AssumeRolePolicyDocument.Statement);
  expect(page).toContain('| 3: a role, an association, and a custom resource for the service account |');
});

test('an account of this library is as many resources as the page says', () => {
  const podCredentials = PodCredentials.podIdentity();
  const roles = added((stack, names) => {
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', podCredentials });
    names.forEach((name) => new ServiceAccountRole(stack, name, { cluster, subjects: [ServiceAccountSubject.exact('reports', name)] }));
  });
  const accounts = added((stack, names) => {
    const cluster = newCluster(stack, { podCredentials });
    names.forEach((name) => new ServiceAccountWithRole(stack, name, { cluster, serviceAccountName: name }));
  });
  expect(typesOf(roles)).toEqual(['AWS::EKS::PodIdentityAssociation', 'AWS::IAM::Role']);
  expect(typesOf(accounts)).toEqual(['AWS::EKS::PodIdentityAssociation', 'AWS::IAM::Role', 'Custom::KubernetesObjects']);
  expect(page).toContain('| 2: a role and an association; with a `ServiceAccountWithRole` also a custom resource |');
});
