import { containersOf } from './containers';
import { entriesOf } from './data-of-objects';
import { isNameOfGitToken, variablesOfGit } from './git-variables';
import { namesOfSecrets } from './names-of-secrets';
import { podTemplates } from './pod-templates';
import { isOfSecrets, Mount, mountsOf } from './pod-volumes';
import { Reference, referencesFrom, referencesIn, referencesOf, referencesOfMount } from './references-to-secrets';
import { namesOfKeys, namesOfSecret } from './secret-names';
import { Identity } from './source-of-keys';
import { equal } from '../../values/pattern';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, literalOf, textOf, textsIn } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { ANY_HOST, gitHostOf, gitHostsIn, gitHostsNamed } from '../code/git-repositories';
import { readsOfStored } from '../code/stored-writes';
import { KubernetesObject } from '../kubernetes-object';
import { isOfRepositories, readsOfKeys } from '../objects/values-from';

/** A Secret with which something signs in to a Git provider. */
interface SecretOfGit {
  readonly identity: Identity;
  /** The keys with what it signs in with. @default - all */
  readonly keys?: readonly string[];
  readonly hosts: readonly Text[];
}

/** What lets pods push to repositories: a Secret, or a variable. */
export interface HeldTokens { readonly name: Text; readonly hosts: readonly Text[] }

/** A Secret with tokens, or an object from which a controller writes one. */
export interface TokenSecret { readonly object: KubernetesObject; readonly hosts: readonly Text[] }

/** Programs that only clone repositories. */
const IMAGE = /(^|\/)(alpine-git|git|git-clone|git-init|git-sync)([:@]|$)/;

/** The keys of Secrets for SSH. @see https://fluxcd.io/flux/components/source/gitrepositories/#ssh-authentication */
const KEY_OF_SSH = /^(identity|id_\w+|ssh-privatekey|ssh([_.-]?key)?)$/;

/**
 * The Secrets whose values let push to the repositories of a Git provider. Which ones these are shows what uses them: what clones a repository signs in with them. For
 * others, their names tell.
 *
 * @see https://github.com/kubernetes/git-sync
 */
export class GitSecrets {
  private readonly used: readonly SecretOfGit[];

  constructor(private readonly objects: readonly KubernetesObject[]) {
    this.used = objects.flatMap((object) => [...ofFlux(object), ...podTemplates(object).flatMap(({ at, namespace = object.namespace }) => {
      const volumes = listOf(at('spec', 'volumes'));
      return containersOf(at('spec')).flatMap((container) => usedBy(container, volumes).map(({ name, keys, hosts }): SecretOfGit =>
        ({ identity: { name, namespace, cluster: object.cluster }, keys, hosts })));
    })]);
  }

  /** Those of the templates. */
  get all(): TokenSecret[] {
    return this.objects.filter(({ kind }) => kind.includes('Secret')).flatMap((object) => {
      const used = this.used.filter(({ identity }) => mayWrite(object, identity));
      const isNamed = [`${object.name ?? ''}`, ...namesOfKeys(object)].some(isNameOfGitToken) || getsToken(object)
        || isOfRepositories(object) || isOfRepositories(object, 'spec', 'target', 'template');
      return used.length > 0 || isNamed ? [{ object, hosts: isNamed ? [ANY_HOST] : used.flatMap(({ hosts }) => hosts) }] : [];
    });
  }

  /** The requests that read the values of those that something uses where they come from. */
  get reads(): CodeWrite[] {
    return this.used.flatMap(({ identity, keys }) => this.objects.filter((object) => mayWrite(object, identity)).flatMap((object) => (object.kind === 'Secret'
      ? valuesOf(object, keys).flatMap(readsOfStored) : readsOfKeys(object, keys))));
  }

  /** What the containers of an object have. */
  heldBy(
    containers: readonly Resolved[], volumes: readonly Resolved[], { cluster, namespace }: Pick<KubernetesObject, 'cluster' | 'namespace'>,
  ): HeldTokens[] {
    return containers.flatMap((container): HeldTokens[] => {
      const used = variablesOfGit(container);
      const named = namesOfSecrets(container, volumes).filter((name) => isNameOfGitToken(name) || used.has(name));
      const own = [...named.map((name) => ({ name: Text.of(name), hosts: hostsOf(container) })), ...usedBy(container, volumes)];
      const others = referencesOf(container, volumes).flatMap((reference) => {
        const hosts = this.hostsOf(reference, { name: reference.name, namespace, cluster });
        return hosts.length > 0 ? [{ name: reference.name, hosts }] : [];
      });
      return [...own, ...others];
    });
  }

  private hostsOf(reference: Reference, identity: Identity): Text[] {
    const isHeld = ({ keys }: Reference, taken?: readonly string[]) => !keys || !taken || keys.some((key) => taken.includes(key));
    const used = this.used.filter((one) => isSame(one.identity, identity) && isHeld(reference, one.keys)).flatMap(({ hosts }) => hosts);
    const named = [`${identity.name}`, ...reference.keys ?? this.keysIn(identity)].some(isNameOfGitToken)
      || this.objects.some((object) => getsToken(object) && mayWrite(object, identity));
    return [...used, ...(named ? [ANY_HOST] : [])];
  }

  private keysIn(identity: Identity): string[] {
    return this.objects.filter((object) => object.kind.includes('Secret') && mayWrite(object, identity)).flatMap(namesOfKeys);
  }
}

const isSame = (one: Identity, other: Identity): boolean =>
  one.cluster.is(other.cluster) !== 'no' && equal(one.name, other.name) !== 'no' && equal(one.namespace, other.namespace) !== 'no';

/** Whether an object is a Secret, or one from which a controller may write it. */
const mayWrite = (object: KubernetesObject, { name, namespace, cluster }: Identity): boolean => object.kind.includes('Secret')
  && object.cluster.is(cluster) !== 'no' && (object.kind.startsWith('Cluster') || equal(object.namespace, namespace) !== 'no')
  && namesOfSecret(object).some((one) => equal(one, name) !== 'no');

/** Whether External Secrets gets a token of GitHub for a Secret, whatever its name is. @see https://external-secrets.io/latest/api/generator/github/ */
const getsToken = (object: KubernetesObject): boolean => object.kind === 'ExternalSecret' && listOf(object.at('spec', 'dataFrom'))
  .some((source) => isText(valueAt(source, 'sourceRef', 'generatorRef', 'kind'), 'GithubAccessToken') !== 'no');

/** A source of Flux signs in with all of a Secret. */
function ofFlux(object: KubernetesObject): SecretOfGit[] {
  const { group, kind, namespace, cluster } = object;
  const isSource = group === 'source.toolkit.fluxcd.io' && kind === 'GitRepository';
  const [name, url] = [textOf(object.at('spec', 'secretRef', 'name')), textOf(object.at('spec', 'url'))];
  return isSource && name ? [{ identity: { name, namespace, cluster }, hosts: [(url && gitHostOf(url)) ?? ANY_HOST] }] : [];
}

/** The Secrets with which a container signs in to what it clones. */
function usedBy(container: Resolved, volumes: readonly Resolved[]): Array<Reference & HeldTokens> {
  const cloned = clonedBy(container);
  const [isOnlyGit, variables] = [IMAGE.test(`${textOf(valueAt(container, 'image')) ?? ''}`), variablesOfGit(container)];
  const inVariables = listOf(valueAt(container, 'env')).flatMap((variable) => {
    const [name = '', key = ''] = [valueAt(variable, 'name'), valueAt(variable, 'valueFrom', 'secretKeyRef', 'key')].map((one) => literalOf(one));
    return isOnlyGit || variables.has(name) || (cloned.length > 0 && [name, key].some(isNameOfGitToken)) ? referencesIn(variable) : [];
  });
  const mounts = mountsOf([container], volumes).filter((mount) => isOnlyGit || (cloned.length > 0 && isForGit(mount, container)));
  const all = isOnlyGit ? listOf(valueAt(container, 'envFrom')).flatMap(referencesFrom) : [];
  const hosts = hostsOf(container);
  return [...inVariables, ...mounts.flatMap(referencesOfMount), ...all].map((reference) => ({ ...reference, hosts }));
}

/** Whether a container signs in to a Git provider with what is in one of the volumes. */
export const mountsForGit = (container: Resolved, volumes: readonly Resolved[]): boolean => clonedBy(container).length > 0
  && mountsOf([container], volumes).some((mount) => isOfSecrets(mount.volume) && isForGit(mount, container));

/** The hosts to which the tokens of a container may be for. */
const hostsOf = (container: Resolved): readonly Text[] => {
  const cloned = clonedBy(container);
  return cloned.length > 0 ? cloned : [ANY_HOST];
};

/** The hosts of the repositories that a container names. */
function clonedBy(container: Resolved): Text[] {
  const words = ['command', 'args'].flatMap((name) => listOf(valueAt(container, name))).filter((word) => word instanceof Text);
  const inVariables = listOf(valueAt(container, 'env')).flatMap((variable) =>
    gitHostsNamed(textsIn(valueAt(variable, 'value')), literalOf(valueAt(variable, 'name')) ?? ''));
  return [...gitHostsIn(Text.join(words, ' ')), ...gitHostsNamed(words), ...inVariables];
}

/** Whether Git or SSH use what is mounted, as its path, its keys, or a text of the container tells. */
function isForGit({ mount, volume }: Mount, container: Resolved): boolean {
  const path = literalOf(mount?.get('mountPath')) ?? '';
  const keys = referencesOfMount({ mount, volume }).flatMap(({ keys: some = [] }) => some);
  return /git|\.ssh\b/.test(path) || keys.some((key) => KEY_OF_SSH.test(key) || isNameOfGitToken(key))
    || (path !== '' && textsIn(container).some((text) => /ssh|git/i.test(`${text}`) && `${text}` !== path && `${text}`.includes(path)));
}

const valuesOf = (secret: KubernetesObject, keys?: readonly string[]): Resolved[] =>
  entriesOf(secret).filter(({ key }) => !keys || keys.includes(key)).map(({ value }) => value);
