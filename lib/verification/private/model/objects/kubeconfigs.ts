import { isNameOfKubeconfig } from './cluster-names';
import { OF_KUBERNETES } from './generators';
import { keysShown } from './shown-keys';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf, textsUnder } from '../../values/text-parts';
import { decodedText } from '../code/decoded-text';
import { KubernetesObject } from '../kubernetes-object';

/**
 * Whether an object is a Secret or a ConfigMap with a kubeconfig, or shows that a controller writes one, or that a Secret has one. Crossplane writes one for a `ClusterAuth`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters
 * @see https://cluster-api.sigs.k8s.io/developer/core/support-multiple-instances
 */
export function hasKubeconfig(object: KubernetesObject): boolean {
  if (['Secret', 'ConfigMap'].includes(object.kind) && object.group === '') {
    return isOfArgoCd(object) ? opensByArgoCd(object) : isInEntries(object);
  }
  if (OF_KUBERNETES.test(object.group)) {
    return textsUnder(object.at('spec'), /^(secretName|key)$/).some((text) => isNameOfKubeconfig(`${text}`)) || usesNamed(object.at('spec'));
  }
  return object.kind === 'ClusterAuth' || (object.kind.includes('Secret') && isTokenOfServer(keysShown(object.at('spec'))))
    || isOfArgoCd(object, 'spec', 'target', 'template') || isNamedIn(object.at('spec'));
}

/** @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters */
const isOfArgoCd = (object: KubernetesObject, ...path: string[]): boolean =>
  isText(object.at(...path, 'metadata', 'labels', 'argocd.argoproj.io/secret-type'), 'cluster') !== 'no';

function opensByArgoCd(object: KubernetesObject): boolean {
  const [config, server] = ['config', 'server'].map((name) => entriesOf(object).find(([key]) => key === name)?.[1] ?? '');
  return !isOther(server) && /bearerToken|keyData|password|\$\{/i.test(config);
}

const CONTENT = /\bcurrent-context\b|["']?kind["']?\s*:\s*["']?Config\b/;

/** Whether a text is, or has, a kubeconfig with credentials. */
export const isKubeconfig = (text: string): boolean => CONTENT.test(text) && opens(text);

/** What has only the name of a kubeconfig may have any content. */
function isInEntries(object: KubernetesObject): boolean {
  const entries = entriesOf(object);
  const contents = entries.filter(([, text]) => CONTENT.test(text));
  const isOfServer = isTokenOfServer(entries.map(([key]) => key)) && !entries.some(([key, text]) => key === 'server' && isOther(text));
  const isNamed = isOfServer
    || [`${object.name}`, ...entries.map(([key]) => key)].some((name) => isNameOfKubeconfig(name)) || isText(object.at('type'), 'cluster.x-k8s.io/secret') !== 'no';
  return contents.length > 0 ? contents.some(([, text]) => opens(text)) : object.kind === 'Secret' && isNamed;
}

/** Whether there is a token beside the host or the authority of a server, which make a kubeconfig together. */
const isTokenOfServer = (keys: readonly string[]): boolean =>
  keys.some((key) => /^(bearer[_-]?)?token$/i.test(key)) && keys.some((key) => /^(server|ca\.crt)$/.test(key));

/** Without one of these, a user has only credentials of its own, such as by `aws eks get-token`. @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo */
const CREDENTIALS = /\b(token|password|client-key|client-key-data|auth-provider)["']?\s*:/;

function opens(kubeconfig: string): boolean {
  const servers = [...kubeconfig.matchAll(/\bserver["']?\s*:\s*["']?([^\s"',}]+)/g)].map(([, server]) => server);
  return CREDENTIALS.test(kubeconfig) && !(servers.length > 0 && servers.every(isOther));
}

/** Whether the address of a server is certainly not that of a cluster of Amazon EKS, nor that of the cluster from within. What only the deployment knows is a variable. */
const isOther = (server: string): boolean => /^https?:/.test(server) && !/\$\{|\.eks\.|\/\/(kubernetes|localhost|127\.)/.test(server);

/** Where pods name a Secret by a `name`: in volumes of several, and for variables. */
const SECRETS = /^secret((Key)?Ref)?$/;

const usesNamed = (value: Resolved): boolean => listOf(value).some((item) => item instanceof ResolvedMap && item.entries.some(([{ literal = '' }, inner]) =>
  (SECRETS.test(literal) && isNameOfKubeconfig(`${textOf(valueAt(inner, 'name')) ?? ''}`)) || usesNamed(inner)));

/** The keys of a Secret or a ConfigMap, and what they stand for. */
const entriesOf = (object: KubernetesObject): Array<readonly [key: string, text: string]> => ['data', 'stringData'].flatMap((property) => {
  const value = object.at(property);
  const isEncoded = object.kind === 'Secret' && property === 'data';
  return value instanceof ResolvedMap ? value.entries.map(([key, inner]) => [`${key}`, entryText(textOf(inner), isEncoded)] as const) : [];
});

const entryText = (text: Text = Text.EMPTY, isEncoded: boolean): string => (isEncoded && text.literal !== undefined ? decodedText(text.literal) : `${text}`);

/** Whether a property or a text has the name. */
const isNamedIn = (value: Resolved): boolean => listOf(value).some((item) => (item instanceof ResolvedMap
  ? item.entries.some(([name, inner]) => isNameOfKubeconfig(`${name}`) || isNamedIn(inner)) : Array.isArray(item) ? isNamedIn(item) : isNameOfKubeconfig(`${item}`)));
