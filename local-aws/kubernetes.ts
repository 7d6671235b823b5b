import { join } from 'node:path';
import { GoProgram } from './go-program';

/** The version that it is, whatever a stack asks for. */
export const KUBERNETES = '1.36.3';

const [MAJOR, MINOR] = KUBERNETES.split('.');
const VERSION = 'k8s.io/component-base/version';

const controlPlane = () => new GoProgram({
  title: 'a real Kubernetes',
  name: 'control-plane',
  folder: join(__dirname, 'control-plane'),
  variables: { [`${VERSION}.gitVersion`]: `v${KUBERNETES}`, [`${VERSION}.gitMajor`]: MAJOR, [`${VERSION}.gitMinor`]: MINOR },
});

/** Where the program of control-plane/ is, if it has been built from its sources as they are. */
export const builtKubernetes = () => controlPlane().find();

/** The program of control-plane/, built where it is not yet. */
export const kubernetes = () => controlPlane().make();
