import { hasAccessKey, isNameOfKey } from './access-key-names';
import { containersOf } from './containers';
import { credentialsInScript } from './credential-commands';
import { isFileOfCredentials, isOfCredentials } from './credential-names';
import { EnvironmentSources } from './environment-sources';
import { HeldObject, objectsHeld } from './held-objects';
import { namesOfParameters } from './names-of-parameters';
import { classOf, namesOfMount, namesOfSource } from './names-of-secrets';
import { nodeFiles } from './node-files';
import { PersistentVolumes } from './persistent-volumes';
import { credentialVolumes, Mount, mountsOf, secretsIn } from './pod-volumes';
import { METADATA_ADDRESS, proxyBefore } from './proxies';
import { serviceCredentials } from './service-credentials';
import { isSyncing } from './synced-secrets';
import { injectedByVault } from './vault';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { literalOf, textOf } from '../../values/text-parts';
import { scriptsIn } from '../code/commands';
import { ContainerSettings } from '../container-settings';
import { KubernetesObject } from '../kubernetes-object';
import { AGENT } from '../objects/network-policies';

/** The webhook and the agent do not set a variable that a container has already. */
const OF_SERVICE_ACCOUNT = ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'];

/**
 * Variables with which SDKs do not use the instance metadata, or look for it elsewhere. They matter only if SDKs find no other credentials before.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
const OF_METADATA = ['AWS_EC2_METADATA_DISABLED', 'AWS_EC2_METADATA_SERVICE_ENDPOINT', 'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE'];

/** With this annotation, the webhook leaves out some containers. */
const SKIP = 'eks.amazonaws.com/skip-containers';

/** Pods with this label are not sent to the webhook, which sets the variables of EKS Pod Identity and of IRSA. */
const SKIP_POD = 'eks.amazonaws.com/skip-pod-identity-webhook';

/** With this annotation, kube2iam and kiam give pods another role. @see https://github.com/jtblin/kube2iam#iam-roles */
const ROLE_OF_PROXY = 'iam.amazonaws.com/role';

/** The other objects that say what containers have. */
export interface ContainerSources {
  readonly environment: EnvironmentSources;
  readonly volumes: PersistentVolumes;
}

/**
 * The settings of containers that change the credentials of their SDKs.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
 */
export function containerSettings(object: KubernetesObject, pods: (...path: string[]) => Resolved, sources: ContainerSources): ContainerSettings {
  const { environment, volumes } = sources;
  const containers = containersOf(pods('spec'));
  const { names, unread } = variablesOf(object, containers, environment);
  const set = (variables: readonly string[]) => variables.find((name) => names.includes(name));
  const [changed, other] = [set(OF_SERVICE_ACCOUNT), names.find((name) => name !== undefined && isOfCredentials(name))];
  const ofMetadata = set(OF_METADATA);
  const metadata = ofMetadata ? `sets the environment variable ${ofMetadata}` : proxyBefore(METADATA_ADDRESS, containers, names);
  const agent = proxyBefore(AGENT.ipv4, containers, names);
  const isSkipped = pods('metadata', 'annotations', SKIP) !== undefined;
  const isPodSkipped = pods('metadata', 'labels', SKIP_POD) !== undefined;
  const mounts = mountsOf(containers, listOf(pods('spec', 'volumes')));
  const proxied = pods('metadata', 'annotations', ROLE_OF_PROXY) === undefined ? undefined : `has the annotation ${ROLE_OF_PROXY}`;
  const injected = injectedByVault(pods, containers);
  const keys = keysOfSecrets(object, containers, mounts, environment);
  const others = [...containers.flatMap((container) => listOf(valueAt(container, 'env'))).flatMap(namesOfSource), ...mounts.flatMap(namesOfMount)];
  const key = keys.find((one) => isNameOfKey(one) || isFileOfCredentials(one)) ?? others.find(isNameOfKey);
  const option = containers.flatMap((container) => scriptsIn(container)).flatMap((script) => credentialsInScript(script) ?? [])[0];
  const held = objectsHeld(containers, mounts);
  const inText = textWithKey(object, containers, held, environment);
  const ofKey = key ? `has ${key} of a Secret` : option ? `gets ${option} in its command` : inText;
  const credentials = other ? `sets the environment variable ${other}` : ofKey ?? unread ?? proxied ?? injected ?? credentialVolumes(mounts);
  const ofOthers = nodeFiles(mounts, volumes, object);
  const ofParameters = namesOfParameters(containers.flatMap((container) => listOf(valueAt(container, 'env'))));
  const ofServices = serviceCredentials({
    names: [...names.filter((name) => name !== undefined), ...keys, ...ofParameters],
    secrets: held.flatMap(({ kind, name }) => (kind === 'Secret' ? name?.literal ?? [] : [])),
    contents: [isSyncing(object) ? undefined : object.at('values') ?? object.at('spec'), ...held.flatMap(({ kind, name }) => environment.contentsOf(kind, name, object))],
  });
  return {
    ...isSkipped && { changesDefault: `has the annotation ${SKIP}` },
    ...isPodSkipped && { changesDefault: `has the label ${SKIP_POD}` },
    ...agent && { changesAgent: agent },
    ...metadata && { changesMetadata: metadata },
    ...changed && { changesDefault: `sets the environment variable ${changed}` },
    ...credentials && { otherCredentials: credentials },
    ...ofServices.length > 0 && { ofServices },
    ...ofOthers && { credentialsOfOthers: ofOthers },
  };
}

/** The keys of the values that variables and volumes have from Secrets. */
function keysOfSecrets(object: KubernetesObject, containers: readonly Resolved[], mounts: readonly Mount[], sources: EnvironmentSources): string[] {
  const ofVariables = containers.flatMap((container) => listOf(valueAt(container, 'env'))).map((variable) => valueAt(variable, 'valueFrom', 'secretKeyRef', 'key'));
  const mounted = mounts.flatMap(({ volume }) => secretsIn(volume)).flatMap(({ name, items }) =>
    (items === undefined ? sources.keysOfSecret(textOf(name), object) : listOf(items).map((item) => literalOf(valueAt(item, 'key')))));
  const files = mounts.flatMap(({ volume }) =>
    sources.keysSynced('SecretProviderClass', textOf(classOf(volume)), object));
  return [...ofVariables.map(literalOf), ...mounted, ...files].filter((key) => key !== undefined);
}

/** What has an access key in the text of a variable, or of a file or a variable from a ConfigMap or a Secret. */
function textWithKey(
  object: KubernetesObject, containers: readonly Resolved[], held: readonly HeldObject[], sources: EnvironmentSources,
): string | undefined {
  const own = containers.flatMap((container) => listOf(valueAt(container, 'env')))
    .find((variable) => hasAccessKey(`${textOf(valueAt(variable, 'value')) ?? ''}`) || namesOfParameters(valueAt(variable, 'value')).some(isNameOfKey));
  const having = held.filter(({ kind }) => kind !== 'SecretProviderClass').flatMap(({ kind, name, keys }) => sources.keysHolding(kind, name, object)
    .filter((key) => keys.length === 0 || keys.includes(key)).map((key) => `has an access key in ${key} of a ${kind}`));
  return own ? `has an access key in the environment variable ${textOf(valueAt(own, 'name')) ?? ''}` : having[0];
}

/** The environment variables of containers, and why there may be others. */
function variablesOf(object: KubernetesObject, containers: readonly Resolved[], sources: EnvironmentSources) {
  const own = containers.flatMap((container) => listOf(valueAt(container, 'env')))
    .map((variable) => literalOf(valueAt(variable, 'name')));
  const from = containers.flatMap((container) => listOf(valueAt(container, 'envFrom'))).map((source) => sources.read(source, object));
  const unread = own.includes(undefined) ? 'sets environment variables whose names are known only at deployment' : from.find((source) => source.unread)?.unread;
  return { names: [...own, ...from.flatMap(({ names }) => names)], unread };
}
