import { containersOf } from './containers';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { chartNames } from '../objects/chart-names';
import { isGenerator } from '../objects/generators';

/**
 * What a server does for whoever calls it: it sends their requests with its role, runs their code, acts on objects of the cluster, or sends their requests from its
 * network, in which the instance metadata may be.
 */
export type Service = 'requests' | 'code' | 'cluster' | 'network';

/** A server that does so without asking who calls it, as far as its object tells. */
interface OpenServer {
  readonly does: Service;
  /** What tells it in the image, the command and the arguments of a container. */
  readonly runs?: RegExp;
  /** What tells it there, in a line `NAME=value` for a variable of the container, or in such a line, or the words of a list, of the values of a chart. */
  readonly says?: RegExp;
  /** The names of charts that install it. */
  readonly chart?: RegExp;
  /** What tells in the values of such a chart that it asks who calls it. */
  readonly unless?: RegExp;
  /** The API group of its objects, and their kinds. */
  readonly group?: RegExp;
  readonly kind?: RegExp;
  /** What its objects do not have. */
  readonly without?: readonly string[];
}

/** Signs the requests of whoever calls it, or sends requests of its own for them. */
const PROXY = /sigv4|(^|[/\s_-])(aws-)?(es|elasticsearch|opensearch|s3|ecr|signing)-?(http-|signing-)?(proxy|gateway)(?![a-z])/i;

/** The names of what sends requests to any address. */
const FORWARD = '(3proxy|danted?|forward-proxy|glider|gost|microsocks|mitm(dump|proxy|web)|privoxy|sockd|socks5?(-proxy|-server)?|squid|tinyproxy)';

/** An image or a program with such a name, and no host or option of one that it uses. */
const FORWARD_PROXY = new RegExp(String.raw`(^|_|(?<!\/)\/|(?<!-)-)${FORWARD}(?![\w.-])|\s${FORWARD}(?=\s|$)|dynamic_forward_proxy`, 'i');

/**
 * Each with the reason. For another one, add a line.
 *
 * @see https://github.com/awslabs/aws-sigv4-proxy
 * @see https://github.com/abutaha/aws-es-proxy
 * @see https://github.com/nginx/nginx-s3-gateway
 * @see https://docs.ray.io/en/latest/ray-security/index.html
 * @see https://distributed.dask.org/en/stable/limitations.html#security
 * @see https://nightlies.apache.org/flink/flink-docs-stable/docs/ops/rest_api/
 * @see https://spark.apache.org/docs/latest/security.html
 * @see https://jupyter-server.readthedocs.io/en/latest/operators/security.html
 * @see https://z2jh.jupyter.org/en/stable/administrator/authentication.html
 * @see https://nodejs.org/en/learn/getting-started/debugging
 * @see https://docs.docker.com/engine/security/protect-access/
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_proxy/
 * @see https://argo-workflows.readthedocs.io/en/latest/argo-server-auth-mode/
 */
const OPEN: readonly OpenServer[] = [
  { does: 'requests', runs: PROXY, chart: PROXY },
  { does: 'requests', runs: /\brclone\s+(serve|rcd)\b/ }, // serves a bucket as files
  { does: 'requests', runs: /ecs-local-container-endpoints/ }, // gives its credentials to whoever asks
  { does: 'code', group: /^ray\.io$/, chart: /^ray-cluster$/, runs: /\bray\s+start\b/ }, // runs jobs of any client
  { does: 'code', group: /^kubernetes\.dask\.org$/, chart: /^dask(hub|-gateway)?$/, runs: /\bdask[-_ ](scheduler|worker)\b/ }, // runs functions of any client
  { does: 'code', group: /^flink\.apache\.org$/, kind: /^FlinkDeployment$/, without: ['spec', 'job'] }, // takes archives with code, unless it has one job
  { does: 'code', runs: /(^|[\s/])(jobmanager|start-cluster|taskmanager)(\.sh)?(\s|$)/ }, // the same without an operator
  { does: 'code', group: /^sparkoperator\.k8s\.io$/, kind: /^SparkConnect$/ }, // runs functions of any client
  { does: 'code', runs: /\bstart-(connect-server|master|thriftserver|worker)\.sh|\bspark\.sql\.connect\.service\b|HiveThriftServer2|\bspark\.deploy\.(master|worker)\b/ },
  { does: 'code', runs: /\blivy[.-]server\b/, chart: /^livy$/ }, // starts applications of Spark
  { does: 'code', group: /^kubeflow\.org$/, kind: /^Notebook$/ }, // leaves sign-in to a gateway
  { does: 'code', says: /--\w+\.token=(''|"")?(\s|$)|^JUPYTER_TOKEN=$/m }, // a notebook without a token
  { does: 'code', chart: /^jupyterhub$/, unless: /^authenticator_class=(?!dummy|.*null)/i }, // starts a notebook for any name, unless another class is set
  { does: 'code', says: /\bcode-server\b[^]*--auth[= ]none|\bmarimo\b[^]*--no-token|^DISABLE_AUTH=true$/m }, // an editor without a password
  { does: 'code', runs: /\b(enterprise-gateway|polynote|zeppelin)\b/, chart: /^(enterprise-gateway|zeppelin)$/ }, // runs code of any client
  { does: 'code', says: /--without-connection-token|\b(gotty|ttyd)\s(?!.*(-c|--credential)[= ])/ }, // an editor or a terminal without one
  { does: 'code', says: /--inspect(-brk|-wait)?=(0\.0\.0\.0|\[?::)/ }, // a debugger of Node.js runs expressions
  { does: 'code', says: /jdwp[=:](?=\S*server=y)(?!\S*address=(localhost|127\.))/ }, // of Java
  { does: 'code', says: /\bdebugpy\b.*--listen[= ](?!localhost|127\.|\d+(\s|$))/ }, // of Python
  { does: 'code', says: /\bdlv\b.*--listen[= ](?!localhost|127\.)/ }, // of Go
  { does: 'code', says: /jmxremote\.authenticate=false/ }, // loads classes by a URL
  { does: 'code', runs: /\b(buildkitd?|dind|dockerd)\b[^]*\btcp:\/\/(:|0\.0\.0\.0|\[::\]|\$)/, says: /\bdind\b[^]*^DOCKER_TLS_CERTDIR=$/m }, // runs any container
  { does: 'cluster', runs: /\bkubectl\b[^]*\bproxy\b.*--address[= ](?!localhost|127\.)/ }, // sends requests to Kubernetes
  { does: 'cluster', says: /--auth-mode[= ]server\b|^authModes?=.*\bserver\b/m }, // Argo Workflows without sign-in
  { does: 'cluster', says: /--enable-skip-login/ }, // the dashboard of Kubernetes without sign-in
  { does: 'cluster', runs: /\btiller\b/, chart: /^tiller$/ }, // installs charts
  { does: 'network', runs: FORWARD_PROXY },
];

/** What containers do for whoever calls them; undefined if nothing is known. */
export const serviceOfPods = (spec: ResolvedMap): Service | undefined => {
  const containers = containersOf(spec).map((container) => {
    const run = [valueAt(container, 'image'), [...listOf(valueAt(container, 'command')), ...listOf(valueAt(container, 'args'))]].map(joined).join('\n');
    const given = listOf(valueAt(container, 'env')).filter((variable) => valueAt(variable, 'valueFrom') === undefined);
    const variables = given.map((variable) => `${joined(valueAt(variable, 'name'))}=${joined(valueAt(variable, 'value'))}`);
    return { run, all: [run, ...variables].join('\n') };
  });
  return OPEN.find(({ runs, says }) => containers.some(({ run, all }) => runs?.test(run) || says?.test(all)))?.does;
};

/** What the pods of an object of a kind that is known do. */
export const serviceOfKind = (object: KubernetesObject): Service | undefined => OPEN.find(({ group, kind, without }) =>
  group?.test(object.group) && kind?.test(object.kind) !== false && (!without || object.at(...without) === undefined))?.does;

/** What the pods of a chart do, by its name or its values. */
export function serviceOfChart(object: KubernetesObject): Service | undefined {
  const names = chartNames(object);
  const lines = linesIn(object.at(isGenerator(object) ? 'spec' : 'values'));
  const isOpen = ({ chart, unless }: OpenServer) => names.some((name) => chart?.test(name)) && !lines.some((line) => unless?.test(line));
  return OPEN.find((server) => isOpen(server) || lines.some((line) => server.says?.test(line)))?.does;
}

const joined = (value: Resolved): string => textsIn(value).join(' ');

const linesIn = (value: Resolved, name = ''): string[] => (value instanceof ResolvedMap ? value.entries.flatMap(([key, inner]) => linesIn(inner, literalOf(key)))
  : Array.isArray(value) && !value.every((item) => item instanceof Text) ? value.flatMap((item) => linesIn(item))
    : value === undefined ? [] : [`${name}=${joined(value)}`]);
