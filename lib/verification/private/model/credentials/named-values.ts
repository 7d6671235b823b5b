import { copiesInNamedSecrets } from './keys-in-named-secrets';
import { copiesInBackups, OF_OBJECTS } from './keys-in-objects';
import { copiesInProgram } from './keys-in-programs';
import { copyIn } from './keys-in-resources';
import { NamedStore, storeOfVariable, storesInScripts, storesNamedIn } from './named-stores';
import { READS_OF_STACKS, READS_OF_PROPERTIES, READS_OF_TEMPLATE, readsOfParameters } from './properties-reads';
import { STORES } from './readable-resources';
import { readsOfStores, storesOf } from './stored-reads';
import { keyInSecret, StoredValues } from './stored-values';
import { ValueNames } from './value-names';
import { ANY, nameIn, Service, ValueOfVariable, valuesOfVariables } from './values-of-variables';
import { dashed } from '../../values/dashed';
import { unknownsOf } from '../../values/origins';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn, textsUnder } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { CodeWrite } from '../code/code-write';
import { withTextsInBase64 } from '../code/decoded-text';
import { nameInStore } from '../code/stored-elsewhere';
import { readsOfStored, readsOfStoredValue } from '../code/stored-writes';
import { KeyCopy, KeyRead } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { containersOf } from '../pods/containers';
import { DataEntry, entriesOf } from '../pods/data-of-objects';
import { nameOfParameter, namesOfParameters } from '../pods/names-of-parameters';
import { isOfKubernetes, isWorkload, podTemplates } from '../pods/pod-templates';
import { namesOfKeys } from '../pods/secret-names';
import { tellingParts } from '../pods/telling-parts';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * Where the templates show that there are secret values, as names tell: a task, a build or a function has one in a variable, or a controller syncs it to a Secret.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class NamedValues {
  private readonly stored: StoredValues;

  constructor(private readonly names: ValueNames, private readonly resources: StackResources) {
    this.stored = new StoredValues(resources);
  }

  /** Where they are, and the requests that read them there. A backup of a cluster has all that its objects have. */
  copies(programs: readonly Program[], objects: () => readonly KubernetesObject[]): KeyCopy[] {
    const mentioning = this.resources.mentioning(this.names.mentioned, (type) => !OF_OBJECTS.includes(type));
    const stores = this.resources.ofType(...STORES).filter((store) => this.isNamedWith(nameOfStore(store)));
    const naming = [...new Set([...mentioning, ...stores])];
    const inObjects = [
      ...objects().flatMap((object) => [...this.copiesInObject(object), ...this.copiesNamed(object)]), ...copiesInNamedSecrets(this.names, objects()),
    ];
    const found = [...naming.flatMap((holder) => this.copiesIn(holder, programs)), ...inObjects];
    return [...found, ...copiesInBackups(found, objects())];
  }

  private copiesIn(holder: StackResource, programs: readonly Program[]): KeyCopy[] {
    const properties = holder.property();
    const used = this.names.usedIn?.(properties);
    const variables = valuesOfVariables(properties, (name) => this.names.has(name) || used?.has(name) === true).filter((one) => !this.isOfUser(one));
    const texts = textsIn(properties);
    const isNamed = this.isNamedWith(nameOfStore(holder)) || this.isNamedAsParameter(valueOf(holder))
      || (holder.type === 'AWS::SecretsManager::Secret' && texts.some((text) => this.isNamedIn(text)));
    const inStore = STORES.includes(holder.type) && !isOfUser(properties) && isNamed;
    const stored = this.names.isOnlyStored ? [] : texts.filter((text) => this.isNamedWhereStored(text) && !this.isOfUser({ value: text }));
    const ofTemplate = texts.some((text) => this.isLiteralIn(text)) ? READS_OF_TEMPLATE : [];
    const named = this.telling(storesNamedIn(properties));
    const isParameter = (value: Text | undefined) => value?.parts.length === 1 && readsOfParameters(value).length > 0; // as a whole
    const isShown = (inStore && isParameter(valueOf(holder))) || this.isInTexts(texts, ({ parameter }) => parameter?.isShown === true);
    const ofParameters = isShown ? READS_OF_STACKS : [];
    const copies = [
      ...variables.flatMap((one) => this.copyOfVariable(one, holder)),
      ...named.map((name) => ({ where: `${name}, which ${holder.logicalId} names`, place: holder.place(), reads: readsOfNamed(name, ANY) })),
      ...stored.map((value) => withReads(copyIn(holder), readsOfStores(storesOf(value, holder, this.stored)))),
      ...(inStore || this.isInTexts(texts) ? [withReads(copyIn(holder), [...ofTemplate, ...ofParameters])] : []),
    ];
    return copies.length === 0 ? [] : [...copies, ...copiesInProgram(holder, programs)];
  }

  /** A value that comes from a secret or a parameter can be read there, and so can one that the deployment puts into a property, where this is shown. */
  private copyOfVariable({ name, value, namedIn }: ValueOfVariable, holder: StackResource): KeyCopy[] {
    const reads = namedIn ? readsOfNamed(value, namedIn) : readsOfStores(storesOf(value, holder, this.stored));
    const copy = { where: `${name} of ${holder.logicalId}`, place: holder.place() };
    const isShown = !namedIn && !OF_ARNS.test(name);
    const ofTemplate = isShown && value.literal !== undefined ? READS_OF_TEMPLATE : [];
    return reads.length === 0 && (namedIn || this.names.isOnlyStored) ? []
      : [withReads({ ...isShown && copyIn(holder), ...copy }, [...reads, ...ofTemplate, ...(isShown ? readsOfParameters(value) : [])])];
  }

  /** Whether the name of the secret or the parameter from which a text comes tells, or that of its key. */
  private isNamedWhereStored(text: Text): boolean {
    return [...unknownsOf(text)].some((one) => one.storedAs && (this.isNamedWith(nameInStore(one.storedAs)) || this.names.has(keyInSecret(one) ?? '')));
  }

  private isNamedWith(name: Text | undefined): boolean {
    return name !== undefined && tellingParts(`${name}`).some((part) => this.names.has(part));
  }

  /** Whether the name of a parameter of the stack tells, which is what something has. */
  private isNamedAsParameter(value: Text | undefined): boolean {
    return namesOfParameters(value).some((name) => this.names.has(name));
  }

  /** What the deployment puts into a text may be one, after its name or as its form tells. */
  private isInTexts(texts: readonly Text[], counts: (one: Unknown) => boolean = () => true): boolean {
    const { isIn } = this.names;
    return texts.flatMap(withTextsInBase64).some((text) => (this.isAssignedIn(text, counts)
      || isIn?.(text.parts.map((part) => (typeof part === 'string' ? part : counts(part) ? UNKNOWN : '')).join(''))) && !isOfUser(text));
  }

  /** Whether a text of a template has one itself: a name in JSON stands before a value. */
  private isLiteralIn(text: Text): boolean {
    const { literal } = text;
    return literal !== undefined && (this.names.isIn?.(literal) === true || (literal.includes('"') && this.isNamedIn(text)));
  }

  private isAssignedIn({ parts }: Text, counts: (one: Unknown) => boolean): boolean {
    return parts.some((part, i) => part instanceof Unknown && counts(part) && this.mayPutIn(part)
      && [assignedAtEnd(parts[i - 1]), ...nameOfParameter(part)].some((name) => this.names.has(name)));
  }

  private mayPutIn({ storedAs, resourceType }: Unknown): boolean {
    return storedAs !== undefined || (!this.names.isOnlyStored && resourceType === undefined);
  }

  /** Whether a text is the name of a value of a secret, within JSON, or alone. */
  private isNamedIn(text: Text): boolean {
    return [text.literal ?? '', ...`${text}`.match(IN_QUOTES) ?? []].some((name) => this.names.has(name.replaceAll('"', '')));
  }

  /** Whether it is the key of a user of the templates, of which it is known what it allows. */
  private isOfUser({ value, namedIn }: Pick<ValueOfVariable, 'value' | 'namedIn'>): boolean {
    const stores = namedIn ? this.stored.withName(nameIn(value)) : [...unknownsOf(value)].flatMap((one) => this.stored.exactlyNamed(one));
    return isOfUser(value) || stores.some(({ resource }) => isOfUser(resource.property()));
  }

  /** The secrets and parameters that something names by a name that tells. */
  private telling(stores: readonly NamedStore[]): Text[] {
    return stores.filter(({ names }) => names.some((name) => this.names.has(name))).map(({ value }) => value)
      .filter((value) => !this.isOfUser({ value, namedIn: ANY }));
  }

  /** Where the variables or the commands of an object name some. */
  private copiesNamed(object: KubernetesObject): KeyCopy[] {
    if (!textsIn(object.at()).some((text) => this.names.mentioned.test(`${text}`))) {
      return []; // most name none
    }
    const inVariables = variablesIn(object).flatMap(({ key, text }) => storeOfVariable({ name: key, value: text }));
    const { kind, namespace, name, place } = object;
    return this.telling([...inVariables, ...storesInScripts(object.at())]).map((value) =>
      ({ where: `${value}, which ${kind} ${namespace}/${name ?? 'without a name'} names`, place, reads: readsOfNamed(value, ANY) }));
  }

  private copiesInObject(object: KubernetesObject): KeyCopy[] {
    const reads = isOfKubernetes(object) ? this.readsOfData(object) : this.readsOfSynced(object);
    if (!reads) {
      return []; // most have none
    }
    const { kind, cluster, namespace, name, place } = object;
    const isOfCluster = kind.startsWith('Cluster'); // its controller writes Secrets to several namespaces
    const held = isWorkload(object) ? {} : { heldBy: { cluster, ...!isOfCluster && { namespace } } }; // others cannot mount what is in a workload
    return [{ where: `${kind} ${namespace}/${name ?? 'without a name'}`, place, reads, object, ...held }];
  }

  /** What the template has, or takes from a store, whoever reads that has. Undefined if there is none. */
  private readsOfData(object: KubernetesObject): KeyRead[] | undefined {
    const entries = variablesIn(object);
    const isNamed = ({ key, value }: DataEntry) => this.names.has(key) && (!this.names.isOnlyStored || readsOfStored(value).length > 0);
    const values = entries.filter((entry) => isNamed(entry) || this.isInTexts([entry.text])).filter((one) => !this.isOfUser(one));
    return values.length === 0 ? undefined : values.flatMap(({ value }): KeyRead[] =>
      (value.literal === undefined ? [...readsOfStored(value), ...readsOfParameters(value)] : [...READS_OF_TEMPLATE, ...READS_OF_PROPERTIES]));
  }

  private readsOfSynced(object: KubernetesObject): KeyRead[] | undefined {
    const isShown = object.kind.includes('Secret') && namesOfKeys(object).some((name) => this.names.has(name));
    const isNaming = textsIn(object.at('spec')).some((text) => this.names.mentioned.test(`${text}`));
    const all = isNaming ? this.namesSynced(object.at('spec')) : [];
    const names = all.filter((value) => !this.isOfUser({ value, namedIn: ANY }));
    return names.length > 0 ? names.flatMap((value) => readsOfNamed(value, ANY)) : isShown && all.length === 0 ? [] : undefined;
  }

  /** The secrets and parameters of which a controller writes such a value to a Secret or a file. */
  private namesSynced(spec: Resolved): Text[] {
    return [
      ...entriesWith(spec, 'remoteRef').flatMap((entry) => {
        const isTold = textsIn(entry).some(({ literal = '' }) => this.names.has(literal));
        return textsUnder(entry.get('remoteRef'), /^key$/).filter((key) => isTold || this.isNamedWith(key));
      }),
      ...entriesWith(spec, 'extract').flatMap((entry) => textsUnder(entry.get('extract'), /^key$/)).filter((key) => this.isNamedWith(key)),
      ...entriesWith(spec, 'find').flatMap((entry) => textsUnder(entry.get('find'), /^regexp$/)).map(withoutAnchors).filter((name) => this.isNamedWith(name)),
      ...textsUnder(spec, /^objects$/).flatMap(({ literal = '' }) => [...literal.matchAll(NAMED_IN_TEXT)].map(([, name]) => Text.of(name))),
    ];
  }
}

const valueOf = (store: StackResource): Text | undefined => textOf(store.property('SecretString')) ?? textOf(store.property('Value'));

/** Without a name, the generated one has the logical ID, which ends in characters of aws-cdk. */
const nameOfStore = (store: StackResource): Text | undefined => textOf(store.property('Name'))
  ?? Text.of(dashed(store.logicalId.replace(/[0-9A-F]{8}$/, '')));

const readsOfNamed = (value: Text, services: readonly Service[]): CodeWrite[] =>
  readsOfStoredValue(nameIn(value)).filter(({ action }) => services.some((service) => action.startsWith(`${service}:`)));

const withReads = (copy: KeyCopy, reads: readonly KeyRead[]): KeyCopy => ({ ...copy, reads: [...reads, ...copy.reads ?? []] });

/** Names of properties with ARNs, which show nothing else. */
const OF_ARNS = /arns?$/i;

/** A name at the end of a text, to which what follows is assigned: `export TOKEN=`, or in JSON. */
const ASSIGNED = /([\w.-]+)[\\"']*[ \t]*[=:][ \t]*[\\"']*$/;

const MOST_CHARACTERS = 150;

const assignedAtEnd = (part: string | Unknown = ''): string => (typeof part === 'string' && ASSIGNED.exec(part.slice(-MOST_CHARACTERS))?.[1]) || '';

/** In place of what only the deployment knows, as long as a password. */
const UNKNOWN = 'unknown-value';

const IN_QUOTES = /"[^"]+"/g;

const isOfUser = (value: Resolved): boolean => [...unknownsOf(value)].some(({ resourceType }) => resourceType === 'AWS::IAM::AccessKey');

/** What can be the variables of containers. */
const variablesIn = (object: KubernetesObject): DataEntry[] => (['ConfigMap', 'Secret'].includes(object.kind) ? entriesOf(object) : textVariables(object));

/** The variables of pods whose values are in the object. */
const textVariables = (object: KubernetesObject): DataEntry[] => podTemplates(object)
  .flatMap(({ at }) => containersOf(at('spec')))
  .flatMap((container) => listOf(valueAt(container, 'env'))).flatMap((variable) => {
    const [name, value] = [textOf(valueAt(variable, 'name')), textOf(valueAt(variable, 'value'))];
    return name && value ? [{ key: `${name}`, value, text: value }] : [];
  });

/** The name that an expression is about. */
const withoutAnchors = (expression: Text): Text => Text.of(`${expression}`.replace(/^\^|(?<![.*$])[.*$]+$/g, ''));

/** How a text of the Secrets Store CSI driver names secrets and parameters. */
const NAMED_IN_TEXT = /objectName:\s*["']?([^\s"']+)/g;

/** The maps, at any depth, that have a property. */
function entriesWith(value: Resolved, property: string): ResolvedMap[] {
  const items = Array.isArray(value) ? value : value instanceof ResolvedMap ? value.entries.map(([, inner]) => inner) : [];
  const own = value instanceof ResolvedMap && value.get(property) !== undefined ? [value] : [];
  return [...own, ...items.flatMap((item) => entriesWith(item, property))];
}
