import { engines, peerDependencies } from '../package.json';
import { read } from './documents';

/** The oldest supported versions, by the first column of the table in the README. */
const OLDEST: { readonly [what: string]: string } = Object.fromEntries(
  [...read('README.md').split('## Supported versions')[1].split('\n## ')[0].matchAll(/^\| ([^|]+) \| ([\d., ]+) \|/gm)].map(([, what, version]) => [what, version]));

const peers = (...names: (keyof typeof peerDependencies)[]) => names.map((name) => peerDependencies[name].replace('^', '')).join(', ');

test('the README has the oldest versions that the package accepts', () => {
  expect(OLDEST).toMatchObject({
    'Node.js': engines.node.replace('>= ', '').replace(/\.0$/, ''),
    'aws-cdk-lib': peers('aws-cdk-lib'),
    'constructs': peers('constructs'),
    'cdk8s, cdk8s-plus-27': peers('cdk8s', 'cdk8s-plus-27'),
  });
});
