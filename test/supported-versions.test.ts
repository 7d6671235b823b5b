import { devDependencies, engines, peerDependencies } from '../package.json';
import { read } from './documents';

/** The oldest supported versions, by the first column of the table in the README. */
const OLDEST: { readonly [what: string]: string } = Object.fromEntries(
  [...read('README.md').split('## Supported versions')[1].split('\n## ')[0].matchAll(/^\| ([^|]+) \| ([\d., ]+) \|/gm)].map(([, what, version]) => [what, version]));

const peer = (name: keyof typeof peerDependencies) => peerDependencies[name].replace('^', '');

test('the README has the oldest versions that the package accepts', () => {
  expect(OLDEST).toMatchObject({
    'Node.js': engines.node.replace('>= ', '').replace(/\.0$/, ''),
    'aws-cdk-lib': peer('aws-cdk-lib'),
    'constructs': peer('constructs'),
  });
});

test('the README has the versions of cdk8s and cdk8s-plus that the tests use', () => {
  const { cdk8s, 'cdk8s-plus-27': oldest, 'cdk8s-plus-34': newest } = devDependencies;
  expect(read('README.md')).toContain(`| cdk8s, optional | ${cdk8s} | the same |\n| cdk8s-plus, optional | 27, ${oldest} | 34, ${newest} |\n`);
});

test('the README has the date since which the oldest Node.js is at its end of life, as jsii has it', () => {
  const [major] = OLDEST['Node.js'].split('.');
  const [, date] = new RegExp(`NodeRelease\\(${major}, \\{ endOfLife: new Date\\('([\\d-]+)'\\)`).exec(read('node_modules/@jsii/check-node/lib/constants.js'))!;
  expect(read('README.md')).toContain(`Node.js ${major} has been at its end of life since ${date}`);
});
