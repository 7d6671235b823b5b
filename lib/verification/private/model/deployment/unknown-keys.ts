import { copiesInProgram } from './keys-in-programs';
import { READS_OF_PROPERTIES, readsOf } from './keys-in-resources';
import { firstPieces } from './stored-elsewhere';
import { readsOfStores, storesOf } from './stored-reads';
import { StoredValues } from './stored-values';
import { OF_OBJECTS } from './user-keys';
import { unknownsOf } from '../../values/origins';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn, textsUnder } from '../../values/text-parts';
import { isNameOfSecretPart } from '../access-key-names';
import { CodeWrite, readsOfStoredValue } from '../code-writes';
import { KeyCopy, KeyRead } from '../identities';
import { KubernetesObject } from '../objects/kubernetes-object';
import { isOfKubernetes } from '../pods/pod-templates';
import { Program } from '../program';
import { StackResource, StackResources } from '../stack-resources';

/** How a template mentions the secret part of an access key, so that the resources of most apps are not looked through. */
const MENTIONED = /secret[_.-]?(access[_.-]?)?key|aws[_-]?(credentials|secret)/i;

/**
 * Where the templates show that there is an access key, and not whose it is: a task, a build or a function has it in a variable, or a controller syncs it to a Secret.
 * Whoever reads the secret or the parameter, or decides what runs with it, has the credentials of a user of whom nothing is known.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export function readUnknownKeys(resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): KeyCopy[] {
  const stored = new StoredValues(resources);
  const naming = resources.all.filter((resource) => !OF_OBJECTS.includes(resource.type) && resource.mentions(MENTIONED));
  return [...naming.flatMap((holder) => copiesIn(holder, stored, programs)), ...objects().flatMap((object) => copiesInObject(object, stored))];
}

/** An access key, and how something gets it. */
interface KeyValue {
  readonly name: string;
  readonly value: Text;
  /** The services in which the value is a name; undefined if it is the key itself. */
  readonly namedIn?: readonly Service[];
}

type Service = 'secretsmanager' | 'ssm';

const ANY: readonly Service[] = ['secretsmanager', 'ssm'];

/** What a variable of a build gets its value from. @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html */
const OF_TYPES: { readonly [type: string]: readonly Service[] } = { PARAMETER_STORE: ['ssm'], SECRETS_MANAGER: ['secretsmanager'] };

/** Variables are entries with a name and a value, or a map. */
function keysIn(value: Resolved): KeyValue[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap(keysIn) : [];
  }
  const name = literalOf(value.get('Name')) ?? '';
  const [from, own, type] = [textOf(value.get('ValueFrom')), textOf(value.get('Value')), literalOf(value.get('Type')) ?? ''];
  const text = isNameOfSecretPart(name) ? from ?? own : undefined;
  const namedIn = Object.hasOwn(OF_TYPES, type) ? OF_TYPES[type] : text && (servicesOf(text) ?? (from ? OF_TYPES.PARAMETER_STORE : undefined));
  const direct = value.entries.flatMap(([{ literal = '' }, inner]) =>
    (inner instanceof Text && isNameOfSecretPart(literal) ? [{ name: literal, value: inner, namedIn: servicesOf(inner) }] : []));
  return [...(text ? [{ name, value: text, namedIn }] : []), ...direct, ...value.entries.flatMap(([, inner]) => keysIn(inner))];
}

/** An ARN says itself which service it is of. */
const servicesOf = (text: Text): readonly Service[] | undefined => (text.startsWith('arn:') ? ANY : undefined);

function copiesIn(holder: StackResource, stored: StoredValues, programs: readonly Program[]): KeyCopy[] {
  const copy = { where: holder.logicalId, place: holder.place() };
  const inVariables = keysIn(holder.property()).filter((key) => !isKnown(key, stored)).flatMap((key) =>
    [{ ...copy, where: `${key.name} of ${holder.logicalId}`, reads: readsOfKey(key, holder, stored) }, ...copiesInProgram(holder, programs)]);
  const inSecret = holder.type === 'AWS::SecretsManager::Secret' && textsIn(holder.property()).some(hasKey) && !isOfTemplates(holder.property());
  return [...inVariables, ...(inSecret ? [{ ...copy, reads: readsOf(holder) }] : [])];
}

function readsOfKey({ value, namedIn }: KeyValue, holder: StackResource, stored: StoredValues): readonly KeyRead[] {
  const reads = namedIn ? readsOfNamed(value, namedIn) : readsOfStores(storesOf(value, holder, stored));
  return reads.length > 0 ? reads : readsOf(holder) ?? [];
}

const readsOfNamed = (value: Text, services: readonly Service[]): CodeWrite[] =>
  readsOfStoredValue(nameIn(value)).filter(({ action }) => services.some((service) => action.startsWith(`${service}:`)));

/** The name or the ARN of a secret or a parameter, without the key of the value. */
const nameIn = (value: Text): Text => firstPieces(value, value.startsWith('arn:') ? 7 : 1);

/** The name of a value of a secret, within JSON, or alone. */
const hasKey = (text: Text): boolean => [text.literal ?? '', ...`${text}`.match(IN_QUOTES) ?? []].some((name) => isNameOfSecretPart(name.replaceAll('"', '')));

const IN_QUOTES = /"[^"]+"/g;

/** Whether it is the key of a user of the templates, of which it is known what it allows. */
function isKnown({ value, namedIn }: Pick<KeyValue, 'value' | 'namedIn'>, stored: StoredValues): boolean {
  const stores = namedIn ? stored.withName(nameIn(value)) : [...unknownsOf(value)].flatMap((one) => stored.exactlyNamed(one));
  return isOfTemplates(value) || stores.some(({ resource }) => isOfTemplates(resource.property()));
}

const isOfTemplates = (value: Resolved): boolean => [...unknownsOf(value)].some(({ resourceType }) => resourceType === 'AWS::IAM::AccessKey');

/** How a text of the Secrets Store CSI driver names secrets and parameters. */
const NAMED_IN_TEXT = /objectName:\s*["']?([^\s"']+)/g;

function copiesInObject(object: KubernetesObject, stored: StoredValues): KeyCopy[] {
  const reads = object.kind === 'Secret' && isOfKubernetes(object) ? readsOfSecret(object, stored)
    : isOfKubernetes(object) || !textsIn(object.at('spec')).some((text) => MENTIONED.test(`${text}`)) ? []
      : namesSynced(object.at('spec')).filter((value) => !isKnown({ value, namedIn: ANY }, stored)).flatMap((value) => readsOfNamed(value, ANY));
  return reads.length === 0 ? [] : [{ where: `${object.kind} ${object.namespace}/${object.name ?? 'without a name'}`, place: object.place, reads }];
}

/** What the template has, or takes from a store, whoever reads that has. */
const readsOfSecret = (object: KubernetesObject, stored: StoredValues): KeyRead[] => ['data', 'stringData'].flatMap((section) => keysIn(object.at(section)))
  .filter((key) => !isKnown(key, stored)).flatMap(({ value }): KeyRead[] =>
    (value.literal === undefined ? readsOfReferences(value) : [{ action: 'cloudformation:GetTemplate' }, ...READS_OF_PROPERTIES]));

const readsOfReferences = (value: Text): CodeWrite[] =>
  [...unknownsOf(value)].flatMap(({ storedAs }) => (storedAs ? readsOfNamed(Text.join(storedAs.name.map(Text.ofPart)), [storedAs.service]) : []));

/** The secrets and parameters of which a controller writes an access key to a Secret or a file. */
const namesSynced = (spec: Resolved): Text[] => [
  ...entriesWith(spec, 'remoteRef').filter((entry) => textsIn(entry).some(({ literal = '' }) => isNameOfSecretPart(literal)))
    .flatMap((entry) => textsUnder(entry.get('remoteRef'), /^key$/)),
  ...textsUnder(spec, /^objects$/).flatMap(({ literal = '' }) => [...literal.matchAll(NAMED_IN_TEXT)].map(([, name]) => Text.of(name))),
];

/** The maps, at any depth, that have a property. */
function entriesWith(value: Resolved, property: string): ResolvedMap[] {
  const items = Array.isArray(value) ? value : value instanceof ResolvedMap ? value.entries.map(([, inner]) => inner) : [];
  const own = value instanceof ResolvedMap && value.get(property) !== undefined ? [value] : [];
  return [...own, ...items.flatMap((item) => entriesWith(item, property))];
}
