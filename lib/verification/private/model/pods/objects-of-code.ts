import { containersOf } from './containers';
import { ObjectOfCode } from './object-of-code';
import { objectsInScripts } from './objects-in-scripts';
import { mountsOf } from './pod-volumes';
import { syncedObjects } from './synced-objects';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, literalOf, textOf } from '../../values/text-parts';
import { isNameOfCode, textsOfCommands } from '../code/code-names';
import { scriptsIn } from '../code/commands';
import { decidesWhatRuns, decidingVariables } from '../code/deciding-variables';
import { commandsIn, runsWhatItGets } from '../code/shell-commands';
import { KubernetesObject } from '../kubernetes-object';
import { Workload } from '../model';

/** Pods, by their spec. */
export interface PodsOfCode extends Pick<Workload, 'namespace' | 'cluster'> {
  readonly spec?: ResolvedMap;
}

/** Files of code. */
const FILE_OF_CODE = /\.(bash|c?js|groovy|jar|lua|mjs|php|pl|ps1|py|rb|sh|so|ts|war|wasm)$/;

/** Folders whose files programs run. */
const FOLDER_OF_CODE = new RegExp(
  String.raw`(^|\/)(bin|dags|functions|hooks|libs?|modules|plugins|scripts?|[\w-]*init(db)?(\.\w+)?\.d|cron\.\w+|[\w-]*entrypoint[\w.-]*|`
  + String.raw`profile\.d|ld\.so\.preload|sudoers(\.d)?|systemd\/system|profile_\w+\/startup|keycloak\/providers|confluent\/docker|lua|njs)(\/|$)`,
);

/**
 * Where shells, SDKs, collectors and other tools look for settings that can have commands, or that let somebody in who runs them. Whoever changes them adds one.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 * @see https://airflow.apache.org/docs/apache-airflow-providers-cncf-kubernetes/stable/kubernetes_executor.html#pod-template-file
 * @see https://spark.apache.org/docs/latest/configuration.html#dynamically-loading-spark-properties
 * @see https://docs.fluentbit.io/manual/data-pipeline/inputs/exec
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 * @see https://plugins.jenkins.io/configuration-as-code/
 */
const SETTINGS_WITH_COMMANDS = new RegExp([
  String.raw`(^|\/)\.((aws|kube)(\/|$)|ssh(\/(?!known_hosts)|$)|((bash|npm|pip|zsh)rc|(bash_)?profile|gitconfig)$)`,
  String.raw`(^|\/)(casc[\w-]*(\/|$)|(authorized_keys|jenkins\.ya?ml|pip\.conf|sshd?_config)$)`,
  String.raw`(^|\/)(fluent-?(bit|d)?|gitlab-runner|logstash|supervisord?|telegraf)(\.conf|\.ya?ml|\.d)?(\/|$)`,
  String.raw`(^|\/)(etc\/vector(\/|$)|(airflow\.cfg|crontabs?|uwsgi\.ini|vector\.(toml|ya?ml))$)`,
  String.raw`(^|\/)(logrotate\.(conf|d)(\/|$)|(flink|hadoop|spark)\/conf$|spark-(defaults\.conf|env\.sh)$|pod[_-]templates?([_-]file)?(\.ya?ml)?(\/|$))`,
].join('|'));

/** Files of settings, and of certificates, that programs read. */
const FILE_OF_SETTINGS = /\.(cfg|conf|crl|crt|env|htpasswd|ini|jks|json|key|p12|pem|pfx|properties|pub|toml|txt|xml|ya?ml)$/;

/**
 * The ConfigMaps and Secrets that decide what pods run: whoever changes one runs code in these pods as soon as they start again. Files of settings do not count, and
 * neither do variables with data.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps
 */
export function objectsOfCode({ spec, namespace, cluster }: PodsOfCode, objects: readonly KubernetesObject[]): ObjectOfCode[] {
  const containers = containersOf(spec);
  const own = objects.filter((object) => object.group === '' && object.cluster.is(cluster) !== 'no' && equal(object.namespace, namespace) !== 'no');
  const mounted = listOf(spec?.get('volumes')).flatMap((volume) => (volume instanceof ResolvedMap ? sourcesOf(volume) : []));
  return [
    ...containers.flatMap((container) => inEnvironment(container)),
    ...containers.flatMap((container) => mountsOf([container], listOf(spec?.get('volumes'))).flatMap(({ mount, volume }) => (mount && volume
      ? sourcesOf(volume).filter((source) => isCode(mount, container, filesOf(source, own))) : []))),
    ...objectsInScripts([...scriptsIn(spec), ...mounted.flatMap((source) => entriesOf(source, own).flatMap(([, value]) => scriptsIn(value)))]),
    ...syncedObjects(spec, (mount, container) => isCode(mount, container, [])),
  ];
}

const refersTo = (kind: ObjectOfCode['kind'], value: Resolved): ObjectOfCode[] => {
  const name = textOf(valueAt(value, 'name')) ?? textOf(valueAt(value, 'secretName'));
  return name ? [{ kind, name, isOptional: isSet(valueAt(value, 'optional')) !== 'no' }] : [];
};

/** All keys of an object can be variables, so that whoever changes it decides about any of them. */
const inEnvironment = (container: Resolved): ObjectOfCode[] => [
  ...listOf(valueAt(container, 'envFrom')).flatMap((source) => [...refersTo('ConfigMap', valueAt(source, 'configMapRef')), ...refersTo('Secret', valueAt(source, 'secretRef'))]),
  ...decidingVariables(container).flatMap((variable) => [
    ...refersTo('ConfigMap', valueAt(variable, 'valueFrom', 'configMapKeyRef')), ...refersTo('Secret', valueAt(variable, 'valueFrom', 'secretKeyRef')),
  ]),
];

interface Source extends ObjectOfCode {
  readonly items: Resolved;
}

/** What the files of a volume come from. */
const sourcesOf = (volume: ResolvedMap): Source[] => [volume, ...listOf(volume.at('projected', 'sources'))].flatMap((one) => [
  ...refersTo('ConfigMap', valueAt(one, 'configMap')).map((object) => ({ ...object, items: valueAt(one, 'configMap', 'items') })),
  ...refersTo('Secret', valueAt(one, 'secret')).map((object) => ({ ...object, items: valueAt(one, 'secret', 'items') })),
]);

/** Settings that are a command, in files of programs that run others, such as supervisord, or the configuration of an SDK. */
const SETTING_OF_COMMAND = /(^[ \t"'-]*|[{,[][ \t]*["']?)(cmd|commands?|credential_process|entrypoint|exec|scripts?)["']?[ \t]*[:=][ \t]*\S/m;

/** What runs a command, in the settings of collectors, and a kubeconfig, which can have one. */
const [RUNNING, KUBECONFIG] = [/^[ \t-]*(@?type|name)([ \t]*[:=][ \t]*|[ \t]+)["']?exec(_\w+)?["']?[ \t]*$/im, /^[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?Config\b/m];

const hasCommand = (value: Resolved): boolean =>
  value instanceof Text && (value.startsWith('#!') || [SETTING_OF_COMMAND, RUNNING, KUBECONFIG].some((pattern) => pattern.test(`${value}`)));

/** The files of an object with their contents, as far as the templates show them. */
const entriesOf = ({ kind, name }: ObjectOfCode, objects: readonly KubernetesObject[]): ResolvedMap['entries'] => objects
  .filter((object) => object.kind === kind && object.name && equal(object.name, name) !== 'no')
  .flatMap((object) => ['data', 'stringData'].flatMap((section) => listOf(object.at(section)))).flatMap((data) => (data instanceof ResolvedMap ? data.entries : []));

/** The names of the files of an object, as far as the templates show them. Those of scripts, and of settings with commands, end as files of scripts do. */
function filesOf(source: Source, objects: readonly KubernetesObject[]): string[] {
  const [entries, items] = [entriesOf(source, objects), source.items];
  const fileOf = (key: string | undefined, path: string | undefined) => {
    const value = entries.find(([{ literal }]) => literal === key)?.[1];
    return `${path ?? ''}${hasCommand(value) ? '.sh' : ''}`;
  };
  return items === undefined ? entries.map(([{ literal }]) => fileOf(literal, literal))
    : listOf(items).map((item) => fileOf(literalOf(valueAt(item, 'key')), literalOf(valueAt(item, 'path'))));
}

/** Whether a container may run the files of a mount: their names or their place say so, or its command has one that is not of settings. */
function isCode(mount: ResolvedMap, container: Resolved, files: readonly string[]): boolean {
  const [path, subPath] = ['mountPath', 'subPath'].map((name) => literalOf(mount.get(name)));
  if (path === undefined || FOLDER_OF_CODE.test(path)) {
    return true;
  }
  const mounted = [...(subPath === undefined ? files : [subPath]), path];
  return mounted.some((file) => FILE_OF_CODE.test(file) || SETTINGS_WITH_COMMANDS.test(file)) || (isNameOfCode(path) && !FILE_OF_SETTINGS.test(path))
    || isInCommand(path, textsOfCommands(container).map((text) => `${text}`)) || isApplied(path, container) || isInVariable(path, container);
}

const isWithin = (file: string, path: string): boolean => file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`);

/** Whether a variable that decides what runs names a file there. One that is its whole value need not look like code: a file for SDKs can have commands. */
const isInVariable = (path: string, container: Resolved): boolean => listOf(valueAt(container, 'env')).some((variable) => {
  const [name, value = ''] = ['name', 'value'].map((property) => literalOf(valueAt(variable, property)));
  return name !== undefined && value.includes(path) && decidesWhatRuns(name, [])
    && (isWithin(value, path) || value.split(/[\s:;,]+/).some((word) => isWithin(word, path) && !FILE_OF_SETTINGS.test(word)));
});

/** Programs that do what their files describe, which can be settings, besides those that run, install or apply what they get. */
const APPLYING = /(^|[\s/])(ansible(-\w+)?|cdk|helmfile|pulumi|terraform|terragrunt|tofu)\s|\scloudformation\s/;

/** Whether a command applies the files there, such as `kubectl apply` or `terraform -chdir`. */
const isApplied = (path: string, container: Resolved): boolean => scriptsIn(container).flatMap(commandsIn)
  .some((command) => command.includes(path) && (APPLYING.test(command) || runsWhatItGets(command)) && command.split(/[\s'"`|&<>()=,]+/).some((word) => isWithin(word, path)));

/** Options with a folder of code, and with a file that describes pods. */
const [OF_CLASSES, OF_PODS] = [/^--?(cp|class-?path)$/, /podTemplateFile$/];

/** The value after an option counts as a word if it is code. Others are mostly settings, such as `--config=/etc/caddy/Caddyfile`. */
function optionAndValue(word: string): string[] {
  const [option, ...values] = word.split('=');
  const isRun = [OF_CLASSES, OF_PODS].some((options) => options.test(option))
    || values.some((value) => [FILE_OF_CODE, SETTINGS_WITH_COMMANDS, OF_TOOLS].some((files) => files.test(value)));
  return isRun ? [option, ...values] : [word];
}

/** Files with commands, as agents of HashiCorp and builders of images have them. */
const OF_TOOLS = /(\.hcl|(^|\/)Dockerfile)$/;

function isInCommand(path: string, command: readonly string[]): boolean {
  const words = command.flatMap((text) => text.split(/[\s'"`;|&<>()]+/)).flatMap(optionAndValue);
  return words.some((word, i) => {
    const option = words[i - 1] ?? '';
    const isOfSettings = FILE_OF_SETTINGS.test(word) && !SETTINGS_WITH_COMMANDS.test(word) && !OF_PODS.test(option);
    return isWithin(word, path) && !isOfSettings && !(word === path && option.startsWith('-') && !OF_CLASSES.test(option));
  });
}
