import { CLUSTER_TYPES, ClusterIds } from './cluster-ids';
import { ConditionalTypes } from './conditional-types';
import { StackResource } from './stack-resource';
import { Assembly } from '../assembly/assembly';
import { mayNameCode } from '../assembly/may-name-code';
import { Findings } from '../findings/findings';
import { Resolver } from '../resolution/resolver';
import { addTo } from '../values/add-to';
import { ClusterId } from '../values/cluster-id';

/** The resources that the deployment creates, by type. */
export class StackResources {
  private readonly existing: StackResource[] = [];
  private readonly byType = new Map<string, StackResource[]>();
  private readonly byKey = new Map<string, StackResource>();
  /** The types of the resources whose properties may name code, whether these exist or not. */
  readonly typesWithCode = new Set<string>();
  private readonly conditional = new ConditionalTypes<StackResource>();

  constructor(assembly: Assembly, private readonly resolver: Resolver, findings: Findings) {
    const clusterIds = () => this.once('cluster IDs', () => new ClusterIds(this.ofType(...CLUSTER_TYPES).map((resource) =>
      new ClusterId(resource.ref, resource.pseudoParameter('AccountId'), resource.pseudoParameter('Region'), true))));
    for (const template of assembly.templates) {
      for (const [logicalId, known] of resolver.readOf(template)) {
        const { Type: type, Condition, Properties } = template.body.Resources[logicalId];
        if (typeof type !== 'string') {
          continue;
        }
        if (mayNameCode(Properties)) {
          this.typesWithCode.add(type);
        }
        const exists = () => resolver.exists(template, logicalId);
        const resource = new StackResource(template, logicalId, known, resolver, findings, clusterIds);
        if ((template.parent || Condition !== undefined) && resolver.asks(exists)) {
          this.conditional.add(type, resource, exists);
        }
        if (exists()) {
          this.existing.push(resource);
          addTo(this.byType, type, resource);
          this.byKey.set(resource.key, resource);
        }
      }
    }
  }

  /** All resources, in the order of the templates. */
  get all(): readonly StackResource[] {
    this.conditional.ask();
    return this.existing;
  }

  /** The resources of some types. Which of them exist counts as asked. */
  ofType(...types: string[]): StackResource[] {
    this.conditional.ask(types);
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resource that something identifies, if it exists, which then counts as asked. */
  withKey(key: string): StackResource | undefined {
    const found = this.byKey.get(key);
    this.conditional.ask(found ? [found.type] : []);
    return found;
  }

  /** The resources of all types of a service, such as `AWS::Lambda`. */
  ofService(service: string): StackResource[] {
    return this.ofTypes((type) => type.startsWith(`${service}::`));
  }

  /** The resources of the types for which something holds. */
  ofTypes(counts: (type: string) => boolean): StackResource[] {
    const types = new Set([...this.byType.keys(), ...this.conditional.types]);
    return this.ofType(...[...types].filter(counts));
  }

  /** The resources of some types whose properties match as they are written. Which of the resources of their types exist counts as asked. */
  mentioning(pattern: RegExp, counts: (type: string) => boolean): StackResource[] {
    const found = (some: readonly StackResource[]) => some.filter((one) => counts(one.type) && one.mentions(pattern));
    return found(this.ofType(...new Set(found([...this.existing, ...this.conditional.all]).map(({ type }) => type))));
  }

  /**
   * What has a name, and is read of some resources: once for all assignments of the conditions that do not change it.
   *
   * @param read depends on nothing but these resources, and does not keep one of them.
   */
  once<T>(name: string, read: () => T): T {
    return this.resolver.remember(name, read);
  }
}
