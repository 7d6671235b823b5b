import { IrsaNodegroupOptions, ServiceAccountWithRoleOptions } from '../lib';
import { newCluster, newStack } from './stacks';

const SECRET = 's3cret-"\n';

function messageOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

const account = (options: Partial<ServiceAccountWithRoleOptions>) => () => {
  newCluster(newStack()).addServiceAccountWithRole('Account', { serviceAccountName: 'a', ...options });
};
const objects = (annotations: object) => () => {
  const stack = newStack();
  newCluster(stack).addKubernetesObjects('Objects', { objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', annotations } }] });
};
const nodes = (options: IrsaNodegroupOptions) => () => {
  newCluster(newStack()).addNodegroup('Nodes', { launchTemplate: { versionNumber: '1', launchTemplateId: 'lt-1' } as any, ...options });
};

// the user data tests cover the boot options of nodegroups
test.each<[string, () => void]>([
  ['annotations[\'a\']', account({ annotations: { a: { password: SECRET } as any } })],
  ['annotations[\'cdk-irsa/owner\']', account({ annotations: { 'cdk-irsa/owner': SECRET } })],
  ['annotations[\'eks.amazonaws.com/role-arn\']', account({ annotations: { 'eks.amazonaws.com/role-arn': SECRET } })],
  ['annotations', account({ annotations: { a: SECRET.repeat(50_000) } })],
  ['objects[0].metadata.annotations[\'cdk-irsa/owner\']', objects({ 'cdk-irsa/owner': SECRET })],
  ['preBootstrapCommands', nodes({ preBootstrapCommands: [SECRET] })],
  ['kubelet', nodes({ kubelet: { a: SECRET } })],
  ['nodeConfigs', nodes({ nodeConfigs: [{ a: SECRET }] })],
  ['bottlerocketSettings', nodes({ bottlerocketSettings: { a: SECRET } })],
])('an error about %s names the property and does not show its value', (property, work) => {
  expect(messageOf(work)).toContain(property);
  expect(messageOf(work)).not.toContain('s3cret');
});
