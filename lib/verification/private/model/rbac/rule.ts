import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, literalOf } from '../../values/text-parts';

/** What somebody may do: verbs on resources of API groups. */
export interface Permission {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Verbs that change what an object says. To apply an object is to patch it. */
export const CHANGES = ['create', 'update', 'patch'];

/** Verbs with which somebody gets what an object says. A patch that changes nothing returns all of it. */
export const READS = ['get', 'list', 'watch', 'patch'];

/**
 * A rule of a role, as the API server compares it with requests. A word that only the deployment knows can be any.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export class Rule {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  /** Those of the objects that it is about. @default - any */
  readonly names?: readonly string[];
  private readonly verbs: readonly string[];

  constructor(rule: Resolved) {
    const [groups, resources, verbs, names] = ['apiGroups', 'resources', 'verbs', 'resourceNames'].map((property) => wordsIn(valueAt(rule, property)));
    [this.groups, this.resources, this.verbs] = [groups, resources, verbs];
    this.names = names.length === 0 || names.includes('*') ? undefined : names;
  }

  /** Whether it allows something of a permission. */
  allows({ groups, resources, verbs }: Permission): boolean {
    return (this.groups.includes('*') || groups.some((group) => this.groups.includes(group)))
      && resources.some((resource) => this.isAbout(resource) && verbs.some((verb) => this.hasVerb(verb, resource)));
  }

  /** Whether it allows one of some verbs on something. */
  has(verbs: readonly string[]): boolean {
    return this.allows({ groups: this.groups, resources: this.resources, verbs });
  }

  /** Whether it is about an object, if it is about its resource. */
  mayName(name: Text): boolean {
    return this.names === undefined || this.names.some((own) => isText(name, own) !== 'no');
  }

  private isAbout(resource: string): boolean {
    return this.resources.some((own) => own === '*' || own === resource || (own.startsWith('*/') && resource.endsWith(own.slice(1))));
  }

  /**
   * A verb can have a part that limits it: `impersonate:user-info`. A request to create an object has no name, unless it applies the object. Nor has one to delete all,
   * which is to delete each.
   */
  private hasVerb(verb: string, resource: string): boolean {
    const isNameless = verb === 'create' && this.names !== undefined && !resource.includes('/') && !this.hasVerb('patch', resource);
    const deletesAll = verb === 'delete' && this.names === undefined && this.verbs.includes('deletecollection');
    return deletesAll || (!isNameless && this.verbs.some((own) => own === '*' || own === verb || own.startsWith(`${verb}:`)));
  }
}

const wordsIn = (value: Resolved): string[] => listOf(value).map((word) => literalOf(word) ?? '*');
