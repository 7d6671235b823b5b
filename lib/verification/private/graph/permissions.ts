import { GraphNode } from '../../../page/access-graph';
import { AccessPlace } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { titleOf } from '../evaluation/titles';
import { nameOfPlace } from '../findings/gap';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { isOfAws, Policy } from '../policies/policy';
import { Condition, Statement, Values } from '../policies/statement';
import { Text } from '../values/text';

/** What a statement of a role allows in one service, or a managed policy of AWS, which can be long. Roles that are allowed the same have one node. */
export interface Permission {
  readonly key: string;
  readonly node: Pick<GraphNode, 'name' | 'group' | 'kind' | 'isElsewhere' | 'facts'>;
  /** The statement that allows it, or the policy, as an explanation shows it. */
  readonly title: string;
  readonly place?: AccessPlace;
  /** What it is about. Empty if that is not known. */
  readonly requested: ReadonlyArray<{ readonly actions: Values; readonly resources: Values }>;
  /** Why it is not known what it allows. */
  readonly unread?: string;
}

/** How many actions and resources the name of a node has. The facts have all. */
const MOST_ACTIONS = 3;
const MOST_RESOURCES = 1;

/** What the policies of a role allow. What they deny is part of the decision about it. */
export const permissionsOf = (role: Role, assigned: AssignedModel): Permission[] => role.policies.flatMap((policy) => {
  const { statements, problems } = parsePolicy(policy, 'identity');
  return [
    ...(isOfAws(policy) && problems.length === 0 ? [managedPolicy(policy, statements)]
      : statements.flatMap((statement) => ofStatement(statement, assigned))),
    ...[...problems, ...statements.flatMap((statement) => statement.problems)].map((why) => unreadPolicy(policy, why)),
  ];
});

function managedPolicy(policy: Policy, statements: readonly Statement[]): Permission {
  const allowing = statements.filter(({ effect }) => effect === 'Allow');
  return {
    key: `managed policy ${policy.name}`,
    node: {
      name: policy.name,
      group: 'AWS managed policies',
      kind: 'AWS managed policy',
      isElsewhere: false,
      facts: allowing.map((statement) => ['Allows', allowedText(statement)] as const),
    },
    title: `${policy.name}, a managed policy of AWS`,
    place: policy.place,
    requested: allowing.flatMap(({ actions, resources }) => (actions && resources ? [{ actions, resources }] : [])),
  };
}

const allowedText = ({ actions, resources, conditions = [] }: Statement): string =>
  [wordsOf(actions), `on ${wordsOf(resources)}`, ...conditions.map((condition) => `if ${conditionText(condition)}`)].join(' ');

function unreadPolicy(policy: Policy, why: string): Permission {
  return {
    key: `unread ${policy.name} ${why}`,
    node: { name: `${policy.name}, not known`, group: 'not known', kind: 'policy', isElsewhere: policy.document === undefined, facts: [] },
    title: policy.name,
    place: policy.place,
    requested: [],
    unread: why,
  };
}

/** A permission for each service. */
function ofStatement(statement: Statement, assigned: AssignedModel): Permission[] {
  const { effect, actions, resources, conditions, place } = statement;
  if (effect !== 'Allow' || !actions || !resources || !conditions) {
    return []; // and a problem of the statement says what is not known
  }
  const byService = new Map<string, Text[]>();
  for (const action of actions.values) {
    const service = actions.negated ? '*' : serviceOf(action);
    byService.set(service, [...byService.get(service) ?? [], action]);
  }
  return [...byService].map(([service, values]) => {
    const own = { negated: actions.negated, values };
    const texts = [...new Set(resources.values.map((resource) => resourceName(resource, assigned)))];
    const limits = conditions.map(conditionText);
    return {
      key: JSON.stringify(['allowed', own.negated, sortedKeys(values), resources.negated, sortedKeys(resources.values), limits]),
      node: {
        name: `${namesText(own)}${resources.negated ? ' on all but ' : ' on '}${someOf(texts, MOST_RESOURCES)}`,
        group: service,
        kind: 'permission',
        isElsewhere: false,
        facts: [
          [own.negated ? 'All actions but' : 'Actions', values.join(', ')],
          [resources.negated ? 'All resources but' : 'Resources', [...new Set([...texts, ...resources.values.map(String)])].join(', ')],
          ...limits.map((limit) => ['If', limit] as const),
        ],
      },
      title: titleOf(statement),
      place,
      requested: [{ actions: own, resources }],
    };
  });
}

const sortedKeys = (texts: readonly Text[]): string[] => texts.map(({ key }) => key).sort();

const serviceOf = (action: Text): string => (/^[^:*?]+(?=:)/.exec(action.start)?.[0] ?? '*').toLowerCase();

const nameOf = (action: Text): string => action.toString().replace(/^[^:]*:/, '');

const namesText = ({ negated, values }: Values): string => `${negated ? 'all but ' : ''}${someOf(negated ? values.map(String) : values.map(nameOf), MOST_ACTIONS)}`;

const someOf = (texts: readonly string[], most: number): string =>
  texts.slice(0, most).join(', ') + (texts.length > most ? ` and ${texts.length - most} more` : '');

const wordsOf = (values?: Values): string => (values ? `${values.negated ? 'everything but ' : ''}${values.values.join(', ')}` : 'what is not known');

const conditionText = ({ operator, key, values }: Condition): string => `${operator} ${key} = ${values.join(' or ')}`;

/** A resource of the templates by its construct, as a question names it, and others by their ARN. */
export function resourceName(resource: Text, { resources }: AssignedModel): string {
  const found = resources.find(resource);
  const rest = found && restOf(resource, found.arn);
  return found === undefined || rest === undefined ? resource.toString() : `${nameOfPlace(found.place)}${rest}`;
}

/** What follows the ARN of a resource in that of its part; undefined if it is written in another way. */
function restOf(part: Text, whole: Text): string | undefined {
  const [one, other] = [part.toString(), whole.toString()];
  return one.startsWith(other) ? one.slice(other.length) : undefined;
}
