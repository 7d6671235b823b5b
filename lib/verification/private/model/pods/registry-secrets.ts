import { entriesOf } from './data-of-objects';
import { classOf, namesOfMount, namesOfVariable } from './names-of-secrets';
import { Mount, secretsIn } from './pod-volumes';
import { isNameOfRegistryPassword, registryNamed } from './registry-names';
import { namesOfKeys, namesOfSecret } from './secret-names';
import { equal } from '../../values/pattern';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn, textsUnder } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { ANY_REGISTRY, registriesIn } from '../code/registries';
import { readsOfStored } from '../code/stored-writes';
import { KubernetesObject } from '../kubernetes-object';
import { readsOfFilled } from '../objects/values-from';

/** A Secret with passwords of registries, or an object from which a controller writes one. */
export interface RegistrySecret {
  readonly object: KubernetesObject;
  readonly registries: readonly Text[];
  /** The requests that read where the passwords come from. */
  readonly reads: readonly CodeWrite[];
}

/** What pods have of such a Secret, by a volume or a variable. */
export interface HeldRegistries { readonly name: Text; readonly registries: readonly Text[] }

const KEY = /^\.docker(cfg|configjson)$/;
const KEY_OR_TYPE = /^(kubernetes\.io\/|\.)docker(cfg|configjson)$/;

/**
 * The Secrets with passwords of registries, as far as containers have them. Those with which only the kubelet pulls images are of no use to pods.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets
 */
export class RegistrySecrets {
  /** Those in which the templates show that there are passwords. */
  readonly all: readonly RegistrySecret[];
  private readonly shown: readonly KubernetesObject[];

  constructor(objects: readonly KubernetesObject[]) {
    this.shown = objects.filter(({ kind, group }) => kind === 'Secret' && group === '');
    this.all = objects.filter(({ kind }) => kind.includes('Secret')).flatMap((object) => {
      const registries = registriesOf(object);
      return registries.length > 0 ? [{ object, registries, reads: readsOf(object, objects) }] : [];
    });
  }

  /** The requests that read passwords of a registry. */
  readsOf(registry: Text, { cluster }: KubernetesObject): CodeWrite[] {
    return this.all.filter(({ object, registries }) => object.cluster.is(cluster) !== 'no' && registries.some((one) => equal(one, registry) !== 'no'))
      .flatMap(({ reads }) => reads);
  }

  /** What the containers of an object have. */
  heldBy(containers: readonly Resolved[], mounts: readonly Mount[], object: KubernetesObject): HeldRegistries[] {
    const inVolumes = mounts.flatMap((one) => secretsIn(one.volume).map(({ name }) => ({ name, told: toldBy(namesOfMount(one)) })));
    const inVariables = containers.flatMap((container) => listOf(valueAt(container, 'env'))).map((variable) => valueAt(variable, 'valueFrom', 'secretKeyRef'))
      .filter((reference) => reference !== undefined).map((reference) => ({ name: valueAt(reference, 'name'), told: hasKey(reference) ? ANY_REGISTRY : undefined }));
    return [...byNames(containers), ...byClasses(mounts), ...[...inVolumes, ...inVariables].flatMap(({ name, told }) => {
      const named = textOf(name);
      const registries = named ? this.registriesOf(named, told, object) : [];
      return named && registries.length > 0 ? [{ name: named, registries }] : [];
    })];
  }

  /** Whether the templates have the content of a Secret, which then says for which registries it is. */
  hasContent({ name, namespace, cluster }: KubernetesObject): boolean {
    return this.shown.some((object) => object.cluster.is(cluster) !== 'no' && object.namespace.key === namespace.key && object.name?.key === name?.key
      && contentsOf(object).length > 0);
  }

  /** Those of a Secret, of which the templates need not show the content. */
  private registriesOf(name: Text, told: Text | undefined, { cluster, namespace }: KubernetesObject): Text[] {
    const isNamed = (object: KubernetesObject) => object.cluster.is(cluster) !== 'no' && mayWrite(object, name)
      && (object.kind.startsWith('Cluster') || equal(object.namespace, namespace) !== 'no');
    const found = this.all.filter(({ object }) => isNamed(object)).flatMap(({ registries }) => registries);
    return found.length > 0 || !told || this.shown.some(isNamed) ? found : [told];
  }
}

/** The registry for which a password is, as names tell. */
function toldBy(names: readonly string[]): Text | undefined {
  const telling = names.find(isNameOfRegistryPassword);
  return telling === undefined ? undefined : registryNamed(telling);
}

/** The variables of which the names tell, or those of the keys and Secrets that they are from. */
const byNames = (containers: readonly Resolved[]): HeldRegistries[] => containers.flatMap((container) => listOf(valueAt(container, 'env'))).flatMap((variable) => {
  const [name = '', ...others] = namesOfVariable(variable);
  const telling = [name, ...others].find(isNameOfRegistryPassword);
  return telling === undefined ? [] : [{ name: Text.of(name), registries: [registryNamed(telling)] }];
});

/** The volumes of stores of which the names tell. */
const byClasses = (mounts: readonly Mount[]): HeldRegistries[] => mounts.flatMap((one) => {
  const [name, told] = [textOf(classOf(one.volume)), toldBy(namesOfMount(one))];
  return name && told ? [{ name, registries: [told] }] : [];
});

const readsOf = (object: KubernetesObject, objects: readonly KubernetesObject[]): CodeWrite[] =>
  (object.kind === 'Secret' ? entriesOf(object).flatMap(({ value }) => readsOfStored(value)) : readsOfFilled(object, true, [], objects));

const hasKey = (value: Resolved): boolean => textsUnder(value, /^key$/).some((key) => KEY.test(`${key}`));

/** Whether an object is a Secret with a name, or one from which a controller may write it. */
const mayWrite = (object: KubernetesObject, name: Text): boolean => namesOfSecret(object).some((one) => equal(one, name) !== 'no');

function registriesOf(object: KubernetesObject): Text[] {
  const contents = object.kind === 'Secret' ? contentsOf(object) : textsIn(object.at('spec')).filter(hasPasswords);
  const isOfRegistry = [object.at('type'), object.at('spec')].flatMap(textsIn).some((text) => KEY_OR_TYPE.test(`${text}`))
    || textsUnder(object.at('spec'), KEY).length > 0;
  const named = namesOfKeys(object).filter(isNameOfRegistryPassword).map(registryNamed);
  return contents.length > 0 ? contents.flatMap(registriesIn) : isOfRegistry ? [ANY_REGISTRY] : named;
}

const hasPasswords = (text: Text): boolean => /["']auths["']\s*:/.test(`${text}`);

/** The configurations in a Secret. */
const contentsOf = (secret: KubernetesObject): Text[] =>
  entriesOf(secret).filter(({ key, text }) => KEY.test(key) || hasPasswords(text)).map(({ text }) => text);
