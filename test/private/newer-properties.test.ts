import { IrsaCluster } from '../../lib';
import { installedProperties } from '../../lib/private/props/installed-properties';
import { newStack, version } from '../stacks';

/** Does something where the assembly of aws-cdk-lib is another one. */
function withAssembly<T>(assembly: () => string, work: () => T): T {
  const fs = jest.requireActual<typeof import('node:fs')>('node:fs');
  const read = fs.readFileSync;
  const spy = jest.spyOn(fs, 'readFileSync').mockImplementation(((path: string, ...more: []) => (`${path}`.endsWith('.jsii') ? assembly() : read(path, ...more))) as any);
  try {
    return work();
  } finally {
    spy.mockRestore();
  }
}

test('a newer aws-cdk-lib says which properties its structs have', () => {
  const types = { 'aws-cdk-lib.aws_eks_v2.ClusterCommonOptions': { properties: [{ name: 'deletionProtection' }] } };
  const properties = withAssembly(() => JSON.stringify({ types }), () => installedProperties(['aws-cdk-lib.aws_eks_v2.ClusterCommonOptions']));
  expect(properties).toEqual(['deletionProtection']);
});

describe('in an app that is bundled, without the assembly of aws-cdk-lib,', () => {
  const bundled = (props: object) => () => withAssembly(
    () => { throw new Error('ENOENT'); },
    () => void new IrsaCluster(newStack('Apps'), 'Cluster', { version, ...props }),
  );

  test.each<[string, object]>([
    ['the cluster', { controlPlaneScalingTier: 'TIER_XL' }],
    ['the cluster, whose name contains that of an older one', { versionUpgradePolicy: 'EXTENDED' }],
    ['a struct in the properties of the cluster', { kubectlProviderOptions: { kubectlLayer: { layerVersionArn: 'a', addPermission: 'a' }, ephemeralStorageSize: 1 } }],
  ])('a new property of %s passes', (_, props) => {
    expect(bundled(props)).not.toThrow(/is not a property/);
  });

  test.each<[string, object, string]>([
    ['a misspelled property', { nodegruops: [] }, 'Apps/Cluster: nodegruops is not a property of IrsaClusterProps: did you mean nodegroups? '
      + 'If aws-cdk-lib has nodegruops, do not bundle it into the app: without its file .jsii, only the properties of older versions are known'],
    ['a property that only this library could have', { nodegroups: [{ flavor: 'large' }] }, 'Apps/Cluster: nodegroups[0].flavor is not a property of IrsaNodegroupOptions: its properties are'],
  ])('%s is an error', (_, props, message) => {
    expect(bundled(props)).toThrow(message);
  });
});
