import { version as pacmak } from 'jsii-pacmak/package.json';
import { devDependencies } from '../../package.json';
import { read } from '../documents';

const PINNED: { readonly [file: string]: RegExp } = {
  'python/requirements.txt': /^([\w-]+)==(\S+) /gm,
  'java/pom.xml': /<artifactId>([\w-]+)<\/artifactId><version>(.*?)<\/version>/g,
  'go/go.mod': /^\s(?:\S*\/)?(aws-cdk|constructs|jsii-runtime)-go\S* v(\S+)/gm,
};

/** What a package is called in the files of all languages. */
const NAMES: { readonly [name: string]: string } = { 'aws-cdk': 'aws-cdk-lib', 'jsii-runtime': 'jsii' };

test.each(Object.entries(PINNED))('%s has the oldest aws-cdk-lib and constructs, and the runtime of what jsii-pacmak generates', (file, pattern) => {
  const versions = [...read(`test/languages/${file}`).matchAll(pattern)].map(([, name, version]) => [NAMES[name] ?? name, version]);
  expect(Object.fromEntries(versions)).toMatchObject({ 'aws-cdk-lib': devDependencies['aws-cdk-lib'], 'constructs': devDependencies.constructs, 'jsii': pacmak });
});
