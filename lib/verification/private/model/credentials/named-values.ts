import { OF_OBJECTS } from './keys-in-objects';
import { copiesInProgram } from './keys-in-programs';
import { READS_OF_PROPERTIES, readsOf } from './keys-in-resources';
import { readsOfStores, storesOf } from './stored-reads';
import { StoredValues } from './stored-values';
import { ANY, nameIn, Service, ValueOfVariable, valuesOfVariables } from './values-of-variables';
import { unknownsOf } from '../../values/origins';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn, textsUnder } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { readsOfStored, readsOfStoredValue } from '../code/stored-writes';
import { KeyCopy, KeyRead } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { DataEntry, entriesOf } from '../pods/data-of-objects';
import { isOfKubernetes, isWorkload, podTemplates } from '../pods/pod-templates';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Names of variables and of keys of Secrets, which tell that their values are secret. */
export interface ValueNames {
  /** How a template mentions one, so that the resources of most apps are not looked through. */
  readonly mentioned: RegExp;
  readonly has: (name: string) => boolean;
  /** Whether a text has one itself, whatever has the text. */
  readonly isIn?: (text: string) => boolean;
  /** Others, as what has the variables uses them. */
  readonly usedIn?: (value: Resolved) => ReadonlySet<string>;
}

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

  /** Where they are, and the requests that read them there. */
  copies(programs: readonly Program[], objects: () => readonly KubernetesObject[]): KeyCopy[] {
    const naming = this.resources.mentioning(this.names.mentioned, (type) => !OF_OBJECTS.includes(type));
    return [...naming.flatMap((holder) => this.copiesIn(holder, programs)), ...objects().flatMap((object) => this.copiesInObject(object))];
  }

  private copiesIn(holder: StackResource, programs: readonly Program[]): KeyCopy[] {
    const copy = { where: holder.logicalId, place: holder.place() };
    const used = this.names.usedIn?.(holder.property());
    const variables = valuesOfVariables(holder.property(), (name) => this.names.has(name) || used?.has(name) === true);
    const inVariables = variables.filter((one) => !this.isOfUser(one)).flatMap((one) =>
      [{ ...copy, where: `${one.name} of ${holder.logicalId}`, reads: this.readsOf(one, holder) }, ...copiesInProgram(holder, programs)]);
    const inSecret = holder.type === 'AWS::SecretsManager::Secret' && textsIn(holder.property()).some((text) => this.isNamedIn(text)) && !isOfUser(holder.property());
    return [...inVariables, ...(inSecret || this.isInTexts(textsIn(holder.property())) ? [{ ...copy, reads: readsOf(holder) }] : [])];
  }

  /** What the deployment puts into a text may be one. */
  private isInTexts(texts: readonly Text[]): boolean {
    const { isIn } = this.names;
    return isIn !== undefined && texts.some((text) => isIn(text.parts.map((part) => (typeof part === 'string' ? part : UNKNOWN)).join('')) && !isOfUser(text));
  }

  private readsOf({ value, namedIn }: ValueOfVariable, holder: StackResource): readonly KeyRead[] {
    const reads = namedIn ? readsOfNamed(value, namedIn) : readsOfStores(storesOf(value, holder, this.stored));
    return reads.length > 0 ? reads : readsOf(holder) ?? [];
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

  private copiesInObject(object: KubernetesObject): KeyCopy[] {
    const reads = isOfKubernetes(object) ? this.readsOfData(object) : this.readsOfSynced(object);
    if (!reads) {
      return []; // most have none
    }
    const { kind, cluster, namespace, name, place } = object;
    const held = isWorkload(object) ? {} : { heldBy: { cluster, namespace } }; // others cannot mount what is in a workload
    return [{ where: `${kind} ${namespace}/${name ?? 'without a name'}`, place, reads, object, ...held }];
  }

  /** What the template has, or takes from a store, whoever reads that has. Undefined if there is none. */
  private readsOfData(object: KubernetesObject): KeyRead[] | undefined {
    const entries = ['ConfigMap', 'Secret'].includes(object.kind) ? entriesOf(object) : textVariables(object);
    const values = entries.filter(({ key, text }) => this.names.has(key) || this.isInTexts([text])).filter((one) => !this.isOfUser(one));
    return values.length === 0 ? undefined : values.flatMap(({ value }): KeyRead[] =>
      (value.literal === undefined ? readsOfStored(value) : [{ action: 'cloudformation:GetTemplate' }, ...READS_OF_PROPERTIES]));
  }

  private readsOfSynced(object: KubernetesObject): KeyRead[] | undefined {
    const isNaming = !isOfKubernetes(object) && textsIn(object.at('spec')).some((text) => this.names.mentioned.test(`${text}`));
    const names = isNaming ? this.namesSynced(object.at('spec')).filter((value) => !this.isOfUser({ value, namedIn: ANY })) : [];
    return names.length === 0 ? undefined : names.flatMap((value) => readsOfNamed(value, ANY));
  }

  /** The secrets and parameters of which a controller writes such a value to a Secret or a file. */
  private namesSynced(spec: Resolved): Text[] {
    return [
      ...entriesWith(spec, 'remoteRef').filter((entry) => textsIn(entry).some(({ literal = '' }) => this.names.has(literal)))
        .flatMap((entry) => textsUnder(entry.get('remoteRef'), /^key$/)),
      ...textsUnder(spec, /^objects$/).flatMap(({ literal = '' }) => [...literal.matchAll(NAMED_IN_TEXT)].map(([, name]) => Text.of(name))),
    ];
  }
}

const readsOfNamed = (value: Text, services: readonly Service[]): CodeWrite[] =>
  readsOfStoredValue(nameIn(value)).filter(({ action }) => services.some((service) => action.startsWith(`${service}:`)));

/** In place of what only the deployment knows. */
const UNKNOWN = 'unknown';

const IN_QUOTES = /"[^"]+"/g;

const isOfUser = (value: Resolved): boolean => [...unknownsOf(value)].some(({ resourceType }) => resourceType === 'AWS::IAM::AccessKey');

/** The variables of pods whose values are in the object. */
const textVariables = (object: KubernetesObject): DataEntry[] => podTemplates(object)
  .flatMap(({ at }) => ['containers', 'initContainers'].flatMap((name) => listOf(at('spec', name))))
  .flatMap((container) => listOf(valueAt(container, 'env'))).flatMap((variable) => {
    const [name, value] = [textOf(valueAt(variable, 'name')), textOf(valueAt(variable, 'value'))];
    return name && value ? [{ key: `${name}`, value, text: value }] : [];
  });

/** How a text of the Secrets Store CSI driver names secrets and parameters. */
const NAMED_IN_TEXT = /objectName:\s*["']?([^\s"']+)/g;

/** The maps, at any depth, that have a property. */
function entriesWith(value: Resolved, property: string): ResolvedMap[] {
  const items = Array.isArray(value) ? value : value instanceof ResolvedMap ? value.entries.map(([, inner]) => inner) : [];
  const own = value instanceof ResolvedMap && value.get(property) !== undefined ? [value] : [];
  return [...own, ...items.flatMap((item) => entriesWith(item, property))];
}
