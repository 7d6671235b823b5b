import { Resolved } from '../../values/resolved';
import { scriptsIn } from '../code/commands';

/** Kubeconfigs, as tools and pipelines name them: `KUBECONFIG`, `KUBE_CONFIG_DATA`, `kube-config`. */
export const isNameOfKubeconfig = (name: string): boolean => /kube[_.-]?config/i.test(name);

/** How a resource mentions one, or has one itself. */
export const MENTIONED_KUBECONFIG = /kube[_.-]?config|current-context|kind["'\\]*\s*:\s*["'\\]*Config\b/i;

/** The token, or the key of a client, of a cluster: `KUBE_TOKEN`, `K8S_BEARER_TOKEN`, `HELM_KUBETOKEN`. @see https://helm.sh/docs/helm/helm/ */
const TOKEN = /(^|[_.-])(k8s|kube|kubernetes|openshift)([_.-][\w.-]*?)?[_.-]?(token|api[_.-]?key|client[_.-]?key)([_.-]?(b64|base64|data))?$/i;

export const isNameOfClusterToken = (name: string): boolean => TOKEN.test(name);

/** How a resource mentions one. */
export const MENTIONED_CLUSTER_TOKEN = /(k8s|kube|kubernetes|openshift)[\w./-]{0,100}(token|key)|--(kube-)?token\b/i;

/** Commands that act in a cluster with a token of a variable. @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_options/ */
const WITH_TOKEN = /\b(helm|helmfile|kubectl|oc)\b[^\n;|&]*?--(?:kube-)?token[= ]+["']?\$[{(]?(\w+)/g;

/** The variables with which the scripts of something sign in to a cluster, whatever their names are: `kubectl --token=$TOKEN`. */
export const variablesOfClusters = (value: Resolved): ReadonlySet<string> =>
  new Set(scriptsIn(value).flatMap((script) => [...script.matchAll(WITH_TOKEN)].map(([, , name]) => name)));
