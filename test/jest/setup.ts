import { createRequire } from 'node:module';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import * as fc from 'fast-check';
import '../without-validation';

const CDK = require.resolve('aws-cdk-lib');
const internal = createRequire(CDK);

/** Makes synthesis cheaper by a step of aws-cdk-lib that takes about as long as the rest, and whose result no test needs. */
function skip(name: string, owner?: { [name: string]: unknown }): void {
  if (typeof owner?.[name] !== 'function') {
    throw new Error(`test/jest/setup.ts replaces ${name}, which this version of aws-cdk-lib does not have: look for its successor in ${CDK}`);
  }
  owner[name] = () => undefined;
}

skip('_synthesizeTree', internal('./core/lib/private/tree-metadata.js').TreeMetadata?.prototype); // tree.json
skip('validate', internal('@aws-cdk/cloud-assembly-schema').Manifest); // of manifest.json against its JSON schema, at each write and read

// Otherwise, they stay until the worker ends, and a worker that is busy with them longer than jest allows leaves them behind.
afterAll(() => CloudAssembly.cleanupTemporaryDirectories());

// What aws-cdk-lib deprecates is an error, except in suites that set this to `quiet`. Each suite starts with this value. On the newest version, which can
// deprecate something any day, .ci/newest says what happens.
process.env.JSII_DEPRECATED = process.env.DEPRECATED ?? 'fail';

// Property tests try the same values each time, so that a failure is one of the change. SEED is for other values.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
