import { mayHaveNamesOf } from '../../values/may-be-equal';
import { unknownsOf } from '../../values/origins';
import { Pattern } from '../../values/pattern';
import { Resolved } from '../../values/resolved';
import { partialArn } from '../../values/secret-arn';
import { Text } from '../../values/text';
import { isGenerated, textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A secret or a parameter of the templates. */
export interface Store {
  readonly resource: StackResource;
  readonly names: readonly Text[];
  /** Undefined if Secrets Manager generates it. */
  readonly value: Resolved;
  /** What its properties are made of. */
  readonly origins: ReadonlySet<Unknown>;
}

/** Secrets and parameters of the templates, whose values others copy by their names. */
export class StoredValues {
  /** All of them. */
  readonly all: readonly Store[];

  constructor(resources: StackResources) {
    this.all = resources.ofType('AWS::SSM::Parameter', 'AWS::SecretsManager::Secret').map(storeOf);
  }

  /**
   * The unknowns that are, or may be, copies of what some others are, from one store to the next, and those themselves.
   *
   * @param all those of all values.
   * @param stores that have it.
   */
  withCopies(ids: ReadonlySet<string>, all: ReadonlySet<Unknown>, stores: readonly Store[] = []): ReadonlySet<string> {
    const having = [...stores, ...this.having(ids)];
    const copies = [...all].filter((one) => this.named(one).some((store) => having.includes(store)));
    const found = new Set([...ids, ...copies.map(({ id }) => id)]);
    return found.size === ids.size ? ids : this.withCopies(found, all, stores);
  }

  /** Those that have one of some unknowns. */
  having(ids: ReadonlySet<string>): Store[] {
    return this.all.filter(({ origins }) => [...origins].some(({ id }) => ids.has(id)));
  }

  /** Those that certainly have a name or an ARN. */
  withName = ({ key }: Text): Store[] => this.all.filter(({ names }) => names.some((own) => own.key === key));

  /** Those whose value an unknown may be. One that has exactly their name has that of no other. */
  named(one: Unknown): Store[] {
    const [exact, name] = [this.exactlyNamed(one), nameOf(one)];
    return name && exact.length === 0 ? this.all.filter(({ names }) => names.some((own) => mayBeIn(own, name))) : exact;
  }

  /** Those whose value an unknown certainly is. */
  exactlyNamed(one: Unknown): Store[] {
    const name = nameOf(one);
    return name ? this.all.filter(({ names }) => names.some(({ key }) => `${name.key}:`.startsWith(`${key}:`))) : [];
  }
}

/** The key of the value that a dynamic reference to a secret names. */
export const keyInSecret = ({ storedAs }: Unknown): string | undefined =>
  storedAs?.name.map((part) => (typeof part === 'string' ? /:SecretString:([^:]+)/.exec(part)?.[1] : undefined)).find((key) => key !== undefined);

const nameOf = ({ storedAs }: Unknown): Text | undefined => storedAs && !storedAs.isId ? Text.join(storedAs.name.map(Text.ofPart)) : undefined;

const storeOf = (resource: StackResource): Store => ({
  resource,
  names: [resource.ref, textOf(resource.property('Name')), resource.arn && partialArn(resource.arn)].filter((name) => name !== undefined),
  value: resource.property('SecretString') ?? resource.property('Value'),
  origins: unknownsOf(resource.property()),
});

const ANYTHING = Pattern.glob(Text.of('*'));

/** A name can be in an ARN, and a key of the value, a stage or a version can follow. */
const mayBeIn = (one: Text, name: Text): boolean => (name.literal !== undefined && isGenerated(one) ? mayHaveNamesOf(name, one)
  : Pattern.join([ANYTHING, Pattern.exact(one), ANYTHING]).matches(name) !== 'no');
