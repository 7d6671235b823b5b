import { namedTokens } from './named-tokens';
import { NamedValues } from './named-values';
import { podsWith } from './pods-with';
import { rolesOfUsers } from './pool-passwords';
import { ValueNames } from './value-names';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn } from '../../values/text-parts';
import { KeyCopy, KeyHolders, UserKey } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { podTemplates, serviceAccountOf } from '../pods/pod-templates';
import { hasSecret } from '../pods/service-credentials';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

interface Servers {
  readonly type: string;
  /** What their hosts contain. */
  readonly host: string;
}

/** A service that acts with a role for whoever signs in to what the templates have of it. */
interface Service {
  /** The type of what has the role. */
  readonly type: string;
  readonly role: readonly string[];
  /** What has a host of its own, beside which anything secret may be the key. */
  readonly servers: Servers;
  /** For messages: what one signs in with. */
  readonly key: string;
  readonly names: ValueNames;
}

/**
 * @see https://docs.aws.amazon.com/transfer/latest/userguide/transfer-file.html
 * @see https://docs.aws.amazon.com/grafana/latest/userguide/service-accounts.html
 */
const SERVICES: readonly Service[] = [
  {
    type: 'AWS::Transfer::User',
    role: ['Role'],
    servers: { type: 'AWS::Transfer::Server', host: '.server.transfer.' },
    key: 'SSH key for',
    names: namesLike('(s?ftp|transfer)', '(key|id[_.-]rsa)'),
  },
  {
    type: 'AWS::Grafana::Workspace',
    role: ['RoleArn'],
    servers: { type: 'AWS::Grafana::Workspace', host: '.grafana-workspace.' },
    key: 'token for',
    names: namesLike('grafana', '(token|api[_.-]?key)'),
  },
];

function namesLike(word: string, key: string): ValueNames {
  const name = new RegExp(`(^|[_.-])${word}([\\w.-]*[_.-])?${key}$`, 'i');
  return { mentioned: new RegExp(`${word}[\\w./-]{0,100}${key}`, 'i'), has: (one) => name.test(one) };
}

/**
 * The SSH keys of users of AWS Transfer Family, and the tokens of workspaces of Amazon Managed Grafana. Pods have one if they have anything secret beside a host.
 * Which server or which user it is for is not asked.
 */
export const signInKeys = (resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): UserKey[] =>
  SERVICES.flatMap((service) => {
    const holders = resources.ofType(service.type).flatMap((resource) => {
      const holderArn = textOf(resource.property(...service.role));
      return holderArn ? [{ name: `${service.key} ${resource.logicalId}`, holderArn }] : [];
    });
    const copies = holders.length === 0 ? []
      : [
        ...new NamedValues(service.names, resources).copies(programs, objects).filter(isNotOfPods),
        ...copiesBesideHosts(service.servers, resources, objects()),
      ];
    return copies.length === 0 ? [] : holders.map((holder) => ({ ...holder, copies }));
  });

/** Pods have the host beside their key, which tells more than the name of the key. */
const isNotOfPods = (copy: KeyCopy): boolean => podsWith(copy) === undefined;

const OF_USERS = namesLike('cognito', 'pass(word|wd)?');

/** The passwords of users of Amazon Cognito, which has no hosts of the templates. */
export function passwordsOfUsers(resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): UserKey[] {
  const holderArns = rolesOfUsers(resources);
  const copies = holderArns.length === 0 ? [] : namedTokens(resources, programs, objects())(OF_USERS);
  return copies.length === 0 ? [] : holderArns.map((holderArn) => ({ name: 'password of a user of Amazon Cognito', holderArn, copies }));
}

function copiesBesideHosts(service: Servers, resources: StackResources, objects: readonly KubernetesObject[]): KeyCopy[] {
  const servers = resources.ofType(service.type);
  const aliases = new Set(aliasesOf(service, servers, resources).map((alias) => alias.toLowerCase()));
  return copiesBeside((text) => {
    const written = `${text}`.toLowerCase();
    return written.includes(service.host) || (aliases.size > 0 && written.split(/[^\w.-]+/).some((word) => isOneOf(aliases, word)));
  }, objects);
}

/** Whether a host, or a domain that it is in, is one of some. */
function isOneOf(hosts: ReadonlySet<string>, host: string): boolean {
  const labels = host.length > LONGEST_HOST ? [] : host.split('.').filter((label) => label !== '');
  return labels.some((_, i) => hosts.has(labels.slice(i).join('.')) || hosts.has(['*', ...labels.slice(i + 1)].join('.')));
}

/** With the dot that can end it. @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const LONGEST_HOST = 254;

/** Where pods have anything secret beside a host. */
export function copiesBeside(isHost: (text: Text) => boolean, objects: readonly KubernetesObject[]): KeyCopy[] {
  return objects.filter((object) => textsIn(object.at()).some(isHost)).flatMap((object) => {
    const { kind, name, namespace, place } = object;
    return holdersOf(object).map((heldBy) => ({ where: `${kind} ${namespace}/${name ?? 'without a name'}`, place, heldBy }));
  });
}

/** Other names of hosts. @see https://docs.aws.amazon.com/transfer/latest/userguide/requirements-dns.html */
const aliasesOf = ({ host }: Servers, servers: readonly StackResource[], resources: StackResources): string[] => [
  ...resources.ofType('AWS::Route53::RecordSet')
    .filter((record) => textsIn(record.property('ResourceRecords')).some((text) => `${text}`.includes(host))).map((record) => record.property('Name')),
  ...servers.flatMap((server) => listOf(server.property('Tags'))).filter((tag) => literalOf(valueAt(tag, 'Key'))?.endsWith('transfer:customHostname'))
    .map((tag) => valueAt(tag, 'Value')),
].flatMap((name) => literalOf(name)?.replace(/\.$/, '') ?? []);

/** A workload that names a host has the key only if it has anything secret. What another object has, pods of its namespace can mount. */
function holdersOf(object: KubernetesObject): KeyHolders[] {
  const { cluster, kind, name, namespace } = object;
  const templates = podTemplates(object).filter(({ path }) => path !== undefined);
  return templates.length === 0 ? [{ cluster, namespace }] : templates.filter(({ at }) => hasSecret(at('spec')))
    .map(({ at, namespace: own = namespace }) => ({ cluster, namespace: own, serviceAccountName: serviceAccountOf(at), workload: { kind, name } }));
}
