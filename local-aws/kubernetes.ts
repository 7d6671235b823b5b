import { join } from 'node:path';
import { GoProgram } from './go-program';

/** The version of the Kubernetes in control-plane/, regardless of the version that a stack asks for. */
export const KUBERNETES = '1.36.3';

const [MAJOR, MINOR] = KUBERNETES.split('.');
const VERSION = 'k8s.io/component-base/version';

const controlPlane = () => new GoProgram({
  title: 'a real Kubernetes',
  name: 'control-plane',
  folder: join(__dirname, 'control-plane'),
  variables: { [`${VERSION}.gitVersion`]: `v${KUBERNETES}`, [`${VERSION}.gitMajor`]: MAJOR, [`${VERSION}.gitMinor`]: MINOR },
});

/** The path of the program in control-plane/, or undefined if its current sources have not been built. */
export const builtKubernetes = () => controlPlane().find();

/** Builds the program in control-plane/ if necessary, and returns its path. */
export const kubernetes = () => controlPlane().make();
