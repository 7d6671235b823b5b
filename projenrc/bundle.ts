import { awscdk } from 'projen';

/** What is bundled into the function that applies objects. */
export const BUNDLED = ['@smithy/hash-node@^4.5.2', '@smithy/signature-v4@^5.7.5'];

/** The function and the page ship as one file each, dependencies and all; the library itself depends on none of them. */
export function addBundle(project: awscdk.AwsCdkConstructLibrary): void {
  project.bundler.addBundle('lib/kubernetes/function/apply-objects.ts', {
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'], // of an ES module esbuild takes what is used, of a CommonJS one everything
    banner: '/* Contains @smithy/core, @smithy/hash-node and @smithy/signature-v4: Copyright Amazon.com, Inc. or its affiliates, '
      + 'Apache-2.0, https://www.apache.org/licenses/LICENSE-2.0 */',
    watchTask: false,
    esbuildArgs: { '--log-level': 'warning' },
  });
  // with its style beside it
  project.bundler.addBundle('lib/page/browser/main.ts', {
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
    watchTask: false,
    esbuildArgs: { '--log-level': 'warning', '--charset': 'utf8' },
  });
  project.eslint!.allowDevDeps('lib/kubernetes/function/**/*.ts');
}
