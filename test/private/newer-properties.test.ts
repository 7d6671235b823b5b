import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { IrsaCluster } from '../../lib';
import * as assembly from '../../lib/private/props/installed-assembly';
import { installedProperties } from '../../lib/private/props/installed-properties';
import { write } from '../files';
import { newStack, version } from '../stacks';

const STRUCT = 'aws-cdk-lib.aws_eks_v2.ClusterCommonOptions';
const NEWER = { types: { [STRUCT]: { properties: [{ name: 'deletionProtection' }] } } };

test('a newer aws-cdk-lib says which properties its structs have', () => {
  jest.spyOn(assembly, 'installedAssembly').mockReturnValue(NEWER);
  expect(installedProperties([STRUCT])).toEqual(['deletionProtection']);
});

describe('the assembly of aws-cdk-lib', () => {
  test('can be a file', () => {
    expect(assembly.assemblyIn(write({ '.jsii': NEWER }))).toEqual(NEWER);
  });

  test('can be compressed', () => {
    const folder = write({ '.jsii': { schema: 'jsii/file-redirect', compression: 'gzip', filename: '.jsii.gz' } });
    writeFileSync(join(folder, '.jsii.gz'), gzipSync(JSON.stringify(NEWER)));
    expect(assembly.assemblyIn(folder)).toEqual(NEWER);
  });

  test('is unknown in an app that is bundled', () => {
    expect(assembly.assemblyIn(write({ 'index.js': '' }))).toBeUndefined();
  });

  test('is that of the installed version', () => {
    expect(assembly.installedAssembly()!.types[STRUCT].properties!.length).toBeGreaterThan(10);
  });
});

describe('in an app that is bundled, without the assembly of aws-cdk-lib,', () => {
  const bundled = (props: object) => () => {
    jest.spyOn(assembly, 'installedAssembly').mockReturnValue(undefined);
    return new IrsaCluster(newStack('Apps'), 'Cluster', { version, ...props });
  };

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
