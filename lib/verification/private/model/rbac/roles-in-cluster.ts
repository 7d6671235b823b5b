import { Rule } from './rule';
import { isPowerful, labelsOfAdded } from './system-roles';
import { equal } from '../../values/pattern';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isText } from '../../values/text-parts';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { RBAC } from '../objects/api-groups';
import { hasLabels } from '../objects/network-policies';

/** What a binding allows, as far as it is known. */
export interface Allowed {
  readonly rules: readonly Rule[];
  /** Whether a role that the templates do not show may let somebody run pods. */
  readonly runsPods: boolean;
  /** Whether the role is, or may be, the one of Kubernetes that views objects, without Secrets. */
  readonly views: boolean;
}

/** The roles of the templates. */
export class RolesInCluster {
  private readonly roles: readonly KubernetesObject[];

  constructor(objects: readonly KubernetesObject[]) {
    this.roles = objects.filter(({ group, kind }) => group === RBAC && ['Role', 'ClusterRole'].includes(kind));
  }

  /** What the role of a binding allows. A patch of a binding does not say which role it is. */
  of(binding: KubernetesObject): Allowed {
    const [kind, name] = ['kind', 'name'].map((property) => givenText(binding.at('roleRef', property)));
    return this.named(name ?? derived(binding.name ?? Text.of(binding.kind), 'role'), kind, binding);
  }

  /** What a role allows. One whose rules are those of others can have those of roles that the templates do not show. */
  named(name: Text, kind: Text | undefined, binding: Pick<KubernetesObject, 'cluster' | 'namespace'>): Allowed {
    const named = this.roles.filter((role) => role.name && (!kind || isText(kind, role.kind) !== 'no') && role.cluster.is(binding.cluster) !== 'no'
      && equal(role.name, name) !== 'no' && (role.kind === 'ClusterRole' || equal(role.namespace, binding.namespace) !== 'no'));
    const added = labelsOfAdded(name).flatMap((label) => this.withLabel(label, binding));
    return {
      rules: [...this.withSelected(named), ...added].flatMap((role) => listOf(role.at('rules')).map((rule) => new Rule(rule))),
      views: isText(name, 'view') !== 'no',
      runsPods: isPowerful(name, named.length > 0) || named.some((role) => role.at('aggregationRule') !== undefined),
    };
  }

  private withLabel(label: string, { cluster }: Pick<KubernetesObject, 'cluster'>): KubernetesObject[] {
    return this.roles.filter((role) => role.kind === 'ClusterRole' && role.cluster.is(cluster) !== 'no'
      && isText(role.at('metadata', 'labels', label), 'true') !== 'no');
  }

  /** Some roles, and those whose rules Kubernetes adds to these, and so on. */
  private withSelected(named: readonly KubernetesObject[]): KubernetesObject[] {
    const found = new Set(named);
    for (const role of found) { // those that are added are looked at, too
      const selectors = listOf(role.at('aggregationRule', 'clusterRoleSelectors'));
      this.roles.filter((other) => other.kind === 'ClusterRole' && other.cluster.is(role.cluster) !== 'no'
        && selectors.some((selector) => hasLabels(other.at('metadata', 'labels'), valueAt(selector, 'matchLabels')) !== 'no')).forEach((other) => found.add(other));
    }
    return [...found];
  }
}
