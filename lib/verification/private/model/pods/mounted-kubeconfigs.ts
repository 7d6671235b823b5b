import { isDevice, isOfSecrets, mountsOf } from './pod-volumes';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { isText, literalOf, textsIn } from '../../values/text-parts';
import { scriptsIn } from '../code/commands';

/** Where tools look for a kubeconfig that nothing names. @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ */
const DEFAULT = /\/\.kube(\/|$)/;

const OPTION = /--kubeconfig[= ]+["']?([^\s"';]+)/g;

/** Whether a container has a Secret where tools look for a kubeconfig, or at the path that its variable or an option names. */
export function mountsKubeconfig(container: Resolved, volumes: readonly Resolved[]): boolean {
  const mounts = mountsOf([container], volumes).filter((one) => !isDevice(one) && isOfSecrets(one.volume));
  const paths = mounts.flatMap(({ mount }) => literalOf(mount?.get('mountPath')) ?? []);
  const named = paths.length === 0 ? [] : [
    ...listOf(valueAt(container, 'env')).filter((variable) => isText(valueAt(variable, 'name'), 'KUBECONFIG') !== 'no')
      .flatMap((variable) => textsIn(valueAt(variable, 'value'))).flatMap((text) => `${text}`.split(':')),
    ...scriptsIn(container).flatMap((script) => [...script.matchAll(OPTION)].map(([, path]) => path)),
  ];
  return paths.some((path) => DEFAULT.test(path) || named.some((one) => `${one}/`.startsWith(path.endsWith('/') ? path : `${path}/`)));
}
