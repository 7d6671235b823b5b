import { join } from 'node:path';
import { GoProgram } from './go-program';

/** The paths of tools that also apply objects to a cluster. */
export interface OtherTools {
  readonly helm3: string;
  readonly helm4: string;
  readonly kubectl: string;
}

/** go.mod has the versions of the tools. */
const folder = join(__dirname, 'other-tools');

const programs = () => ({
  helm3: new GoProgram({ title: 'Helm 3', name: 'helm-3', folder, main: 'helm.sh/helm/v3/cmd/helm' }),
  helm4: new GoProgram({ title: 'Helm 4', name: 'helm-4', folder, main: 'helm.sh/helm/v4/cmd/helm' }),
  kubectl: new GoProgram({ title: 'kubectl', name: 'kubectl', folder }),
});

/** The tools, or undefined unless all have been built from the current go.mod. */
export function builtOtherTools(): OtherTools | undefined {
  const [helm3, helm4, kubectl] = Object.values(programs()).map((program) => program.find());
  return helm3 && helm4 && kubectl ? { helm3, helm4, kubectl } : undefined;
}

/** Builds the tools that are missing, and returns all. */
export async function otherTools(): Promise<OtherTools> {
  const { helm3, helm4, kubectl } = programs();
  return { helm3: await helm3.make(), helm4: await helm4.make(), kubectl: await kubectl.make() };
}
