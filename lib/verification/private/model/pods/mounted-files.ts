import { isFileOfCredentials } from './credential-names';
import { isDevice, isOfSecrets, mountsOf } from './pod-volumes';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { literalOf, textOf, textsIn } from '../../values/text-parts';
import { scriptsIn } from '../code/commands';

/** How tools find a file. */
interface Lookup {
  /** Where they look if nothing names it. */
  readonly isDefault: (path: string) => boolean;
  /** The variables with its path. */
  readonly variable: RegExp;
  /** The options with its path. */
  readonly option: RegExp;
}

/** @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ */
const KUBECONFIG: Lookup = {
  isDefault: (path) => /\/\.kube(\/|$)/.test(path), variable: /^KUBECONFIG$/, option: /--kubeconfig[= ]+["']?([^\s"';]+)/g,
};

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html */
const CREDENTIALS: Lookup = {
  isDefault: isFileOfCredentials, variable: /^(AWS_SHARED_CREDENTIALS_FILE|AWS_CONFIG_FILE|BOTO_CONFIG)$/, option: /--credentials-file[= ]+["']?([^\s"';]+)/g,
};

/** Whether a container has a Secret where tools look for a kubeconfig, or at the path that its variable or an option names. */
export const mountsKubeconfig = (container: Resolved, volumes: readonly Resolved[]): boolean => mounts(KUBECONFIG, container, volumes);

/** Whether a container has a Secret where AWS SDKs look for credentials. */
export const mountsCredentials = (container: Resolved, volumes: readonly Resolved[]): boolean => mounts(CREDENTIALS, container, volumes);

function mounts({ isDefault, variable, option }: Lookup, container: Resolved, volumes: readonly Resolved[]): boolean {
  const ofSecrets = mountsOf([container], volumes).filter((one) => !isDevice(one) && isOfSecrets(one.volume));
  const paths = ofSecrets.flatMap(({ mount }) => literalOf(mount?.get('mountPath')) ?? []);
  const named = paths.length === 0 ? [] : [
    ...listOf(valueAt(container, 'env')).filter((one) => mayBe(variable, valueAt(one, 'name')))
      .flatMap((one) => textsIn(valueAt(one, 'value'))).flatMap((text) => `${text}`.split(':')),
    ...scriptsIn(container).flatMap((script) => [...script.matchAll(option)].map(([, path]) => path)),
  ];
  return paths.some((path) => isDefault(path) || named.some((one) => `${one}/`.startsWith(path.endsWith('/') ? path : `${path}/`)));
}

/** Whether a variable has a name, or one that only the deployment knows. */
const mayBe = (variable: RegExp, name: Resolved): boolean => {
  const { literal } = textOf(name) ?? {};
  return literal === undefined || variable.test(literal);
};
