import { ResourceIndex } from './resource-index';
import { Role } from '../model/model';
import { Resource } from '../model/resource';
import { matchesAction } from '../policies/matches-action';
import { mayAllowAnything } from '../policies/may-allow';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { Statement } from '../policies/statement';
import { addTo } from '../values/add-to';
import { Interned, sameList } from '../values/interned';
import { Text } from '../values/text';

/** What the policies of resources might allow, by the key of the ARN of the role that they name, and what they might allow to any. */
interface Granting {
  readonly byRole: ReadonlyMap<string, readonly Resource[]>;
  readonly toAny: readonly Resource[];
}

/**
 * The resources of the templates whose own policies might allow an action. In one account, such a policy is enough: the role needs none of its own. By role, so that
 * the work for all roles grows with their number, and not with its square.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
export class GrantingResources {
  /** The same object for all assignments of the conditions under which the same resources might allow something, and the same roles exist. */
  static of(resources: readonly Resource[], roleArns: readonly Text[]): GrantingResources {
    const granting = sameList(resources.filter(({ policies }) => policies.some(mayAllowAnything)));
    return known.of([roleArns, granting], () => new GrantingResources(granting, roleArns));
  }

  private readonly resources: ResourceIndex;
  private readonly roleKeys: ReadonlySet<string>;
  private readonly byAction = new Map<string, Granting>();

  private constructor(resources: readonly Resource[], roleArns: readonly Text[]) {
    this.resources = new ResourceIndex(resources);
    this.roleKeys = new Set(roleArns.map(({ key }) => key));
  }

  /** Those whose policies might allow an action to a role. */
  to({ arn }: Role, action: string): readonly Resource[] {
    const known = this.byAction.get(action) ?? this.granting(action);
    this.byAction.set(action, known);
    const toRole = known.byRole.get(arn.key);
    return toRole ? [...toRole, ...known.toAny] : known.toAny;
  }

  private granting(action: string): Granting {
    const byRole = new Map<string, Resource[]>();
    const toAny: Resource[] = [];
    for (const resource of this.resources.ofService(action.split(':')[0].toLowerCase())) {
      const named = this.rolesNamedIn(resource.policies, action);
      named?.forEach((key) => addTo(byRole, key, resource));
      if (!named) {
        toAny.push(resource);
      }
    }
    return { byRole, toAny };
  }

  /** The keys of the only roles to which some policies might allow an action, or undefined if that takes an evaluation. */
  private rolesNamedIn(policies: readonly Policy[], action: string): Set<string> | undefined {
    const parsed = policies.map((policy) => parsePolicy(policy, 'resource'));
    const statements = parsed.flatMap((policy) => policy.statements)
      .filter((statement) => statement.effect !== 'Deny' && matchesAction(statement, action) !== 'no');
    const named = statements.map((statement) => this.rolesIn(statement));
    return parsed.some(({ problems }) => problems.length > 0) || named.includes(undefined) ? undefined : new Set(named.flatMap((keys) => keys!));
  }

  private rolesIn({ principals, problems }: Statement): string[] | undefined {
    const names = principals?.principals.filter(({ kind }) => kind === 'AWS').map(({ name }) => name.key);
    const isLimited = problems.length === 0 && names && !principals?.negated && names.every((key) => this.roleKeys.has(key));
    return isLimited ? names : undefined;
  }
}

const known = new Interned<GrantingResources>();
