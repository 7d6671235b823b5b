import { containersOf } from './containers';
import { METADATA_ADDRESS, PROXIES, proxyBefore } from './proxies';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn, textsUnder } from '../../values/text-parts';
import { isAgent, OF_AGENTS } from '../code/agents';
import { isPathOfCode } from '../code/code-names';
import { entryOf, textsOfScripts } from '../code/commands';
import { Variable, variablesBelow, variablesOf } from '../code/container-variables';
import { getsObjects, hasCodeInS3, hostsInScript, hostsNamed, hostsOf, hostsOfAgent, hostsOfGit, OF_SPARK } from '../code/fetched-hosts';
import { formsOfValue } from '../code/filled-values';
import { hasDomainOfRegistry, hostOfImage } from '../code/image-names';
import { VARIABLES_OF_SOURCES } from '../code/package-managers';
import { commandsIn, runsWhatItGets } from '../code/shell-commands';
import { AGENT } from '../objects/network-policies';

/**
 * Variables and annotations with the address to which SDKs send the token of a service account, or of EKS Pod Identity, and clients of Vault and of the API server
 * that for the API server. What SDKs sign for another address is of no use at AWS.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @see https://developer.hashicorp.com/vault/docs/auth/kubernetes
 * @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations
 * @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 */
const OF_TOKENS = /^(AWS_(ENDPOINT_URL(_STS)?|CONTAINER_CREDENTIALS_FULL_URI)|VAULT_(AGENT_)?ADDR|KUBERNETES_SERVICE_HOST|vault\.hashicorp\.com\/(service|proxy-address))$/;

/** Variables by which package managers know from where to install packages, and frameworks from where to load settings that can have code. */
const PACKAGE_VARIABLES = new RegExp([
  VARIABLES_OF_SOURCES, '^SPRING_(CONFIG_IMPORT|CLOUD_CONFIG_URI)$', '^storage_?uris?$', '^serving\\.kserve\\.io/s3-endpoint$',
].join('|'), 'i');

/** Properties of controllers with the URLs of repositories of code, packages or modules, also without `.git`, and those with settings of Git. */
const [OF_REPOSITORIES, OF_GIT] = [/^(module|\w*repo|repositories|(repository|scm)_?ur[il])$/i, /^git(_?repo(sitory)?)?$/i];

const getsFromAws = (command: string): boolean => getsObjects(command) || (/\baws\b/.test(command) && runsWhatItGets(command));

/** Whether a command gets something from a remote place, and does not only write to it. */
function getsFrom(remote: string, command: string): boolean {
  const words = command.trim().toLowerCase().split(/[\s"']+/);
  return words.some((word) => /(^|\/)(mc|rclone)$/.test(word)) && words.some((word, i) => word.startsWith(remote) && (i < words.length - 1 || words.includes('cat')));
}

/** How MLflow loads a model, which can run anything. @see https://mlflow.org/docs/latest/ml/model/ */
const LOADS_MODEL = /\bmlflow\s+(models\s+(build-docker|predict|serve)|run)\b|\bload_model\(/;

/**
 * Variables with the address of what stores code, and whether a command gets some from there.
 *
 * @see https://min.io/docs/minio/linux/reference/minio-mc.html
 * @see https://rclone.org/docs/#environment-variables
 */
const STORES: ReadonlyArray<readonly [RegExp, (command: string, name: string) => boolean]> = [
  [/^AWS_ENDPOINT_URL_(S3|SECRETS_MANAGER|SSM)$/, getsFromAws],
  [/^MC_HOST_(\w+)$/, (command, name) => getsFrom(`${name}/`, command)],
  [/^RCLONE_CONFIG_(\w+)_ENDPOINT$/, (command, name) => getsFrom(`${name}:`, command)],
  [/^MLFLOW_(S3_ENDPOINT_URL|TRACKING_URI)$/, (command) => LOADS_MODEL.test(command)],
];

/** The hosts from which a value takes images and code, or to which it sends tokens. Other requests get data. */
export const hostsOfCode = (value: Resolved): Text[] => formsOfValue(value).flatMap(hostsBelow);

function hostsBelow(value: Resolved): Text[] {
  if (value instanceof Text) {
    return [...hostsInScript(value), ...hostsOfGit(value)];
  }
  if (Array.isArray(value)) {
    const words = value.filter((item) => item instanceof Text);
    return [...value.flatMap(hostsBelow), ...(words.length > 1 ? hostsInScript(Text.join(words, ' ')) : [])];
  }
  const variables = value === undefined ? [] : variablesOf(value);
  return value === undefined ? [] : [
    ...value.entries.flatMap(([{ literal = '' }, inner]) => hostsIn(literal, inner)),
    ...hostsIn(literalOf(entryOf(value, 'name')) ?? '', entryOf(value, 'value')),
    ...(isBeforeCredentials(value) ? hostsOfVariables(variables, (name) => PROXIES.includes(name)) : []),
    ...hostsOfStores(variables, value),
    ...hostsOfSpark(value),
    ...hostsOfServer(variables, value),
    ...hostsOfVolumes(value),
  ];
}

/** The hosts that a container names which is an agent: what its server says, it runs. */
function hostsOfServer(variables: readonly Variable[], container: ResolvedMap): Text[] {
  const words = Text.join(['command', 'args'].flatMap((property) => textsIn(entryOf(container, property))), ' ');
  return isAgent(`${textOf(entryOf(container, 'image')) ?? ''}`, `${words}`) ? hostsOfAgent(words, variables) : [];
}

/**
 * The servers of the file systems from which the containers of pods may run something.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#nfs
 */
function hostsOfVolumes(spec: ResolvedMap): Text[] {
  const served = listOf(spec.get('volumes')).map((volume) =>
    ({ name: literalOf(valueAt(volume, 'name')), hosts: [valueAt(volume, 'nfs', 'server'), valueAt(volume, 'cephfs', 'monitors')].flatMap(textsIn) }));
  const containers = served.some(({ hosts }) => hosts.length > 0) ? containersOf(spec) : [];
  const mounts = containers.flatMap((container) => listOf(valueAt(container, 'volumeMounts')));
  const run = mounts.filter((mount) => isPathOfCode(textOf(valueAt(mount, 'mountPath')), containers)).map((mount) => literalOf(valueAt(mount, 'name')));
  return served.filter(({ name }) => run.includes(name)).flatMap(({ hosts }) => hosts).flatMap(hostsNamed);
}

/** The same of what runs with a role in AWS, such as a task or a build, whose variables can be in another property than its commands. */
export const hostsOfProgram = (properties: Resolved): Text[] =>
  [...hostsOfCode(properties), ...registriesIn(properties), ...hostsOfStores(variablesBelow(properties), properties)];

/** The registries of images that only the deployment knows. Nodes get images, and do not ask the DNS of the cluster: none is the name of a Service. */
export const registriesIn = (value: Resolved): Text[] => hostsOfImages(value).filter((host) => !hasDomainOfRegistry(host));

/** The registries of all images. */
export const hostsOfImages = (value: Resolved): Text[] => textsUnder(value, /^image$/).flatMap(hostOfImage);

function hostsIn(property: string, value: Resolved): Text[] {
  if (value instanceof Text && property === 'image') {
    return hostOfImage(value).filter(hasDomainOfRegistry);
  }
  if (value instanceof Text && [OF_AGENTS, OF_TOKENS, PACKAGE_VARIABLES].some((names) => names.test(property))) {
    return hostsNamed(value);
  }
  if (OF_REPOSITORIES.test(property) && listOf(value).every((item) => item instanceof Text)) {
    return textsIn(value).flatMap(hostsOf);
  }
  if (value instanceof Text && property.includes('/')) {
    return hostsInScript(value); // an annotation with a repository only says where something comes from
  }
  const ofGit = OF_GIT.test(property) && value instanceof ResolvedMap ? ['uri', 'url'].flatMap((name) => textsIn(value.get(name))).flatMap(hostsOf) : [];
  return [...ofGit, ...(/^value$/i.test(property) ? textsIn(value).flatMap(hostsOfGit) : hostsBelow(value))];
}

const hostsOfVariables = (variables: readonly Variable[], has: (name: string) => boolean): Text[] =>
  variables.filter(({ name }) => has(name)).flatMap(({ value }) => hostsNamed(value));

/**
 * Whether a container sends requests for credentials to a proxy: SDKs send the token of EKS Pod Identity, and ask for the credentials of the node, without encryption.
 * A proxy also answers in place of any other server without encryption.
 */
const isBeforeCredentials = (container: ResolvedMap): boolean => container.get('env') === undefined
  || [AGENT.ipv4, METADATA_ADDRESS].some((address) => proxyBefore(address, [container], []));

/** The hosts of the services in which the objects, parameters or secrets are from which commands get what they run. */
function hostsOfStores(variables: readonly Variable[], value: Resolved): Text[] {
  const stores = variables.flatMap((variable) => STORES.flatMap(([names, gets]) => {
    const found = names.exec(variable.name);
    return found ? [{ host: variable.value, gets, remote: (found[1] ?? '').toLowerCase() }] : [];
  }));
  const commands = stores.length === 0 ? [] : textsOfScripts(value).flatMap((script) => commandsIn(`${script}`));
  return stores.filter(({ gets, remote }) => commands.some((command) => gets(command, remote))).flatMap(({ host }) => hostsNamed(host));
}

/**
 * The object stores from which a job of Spark or Flink gets its code. Others have its data.
 *
 * @see https://nightlies.apache.org/flink/flink-docs-stable/docs/deployment/filesystems/s3/
 * @see https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/connecting.html
 */
function hostsOfSpark(job: ResolvedMap): Text[] {
  const settings = ['hadoopConf', 'sparkConf', 'flinkConfiguration'].map((name) => job.get(name)).flatMap((value) => (value instanceof ResolvedMap ? value.entries : []))
    .filter(([{ literal = '' }]) => OF_SPARK.test(literal));
  return settings.length > 0 && textsIn(job).some((text) => hasCodeInS3(`${text}`)) ? settings.flatMap(([, host]) => textsIn(host)).flatMap(hostsNamed) : [];
}
