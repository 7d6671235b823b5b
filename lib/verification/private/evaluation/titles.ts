import { Statement, Values } from '../policies/statement';

const SHOWN = 3;
const known = new WeakMap<Statement, string>();

/** A statement in a line: `Allow s3:Get*, s3:List* on * in AmazonS3ReadOnlyAccess`. */
export function titleOf(statement: Statement): string {
  const title = known.get(statement) ?? write(statement);
  known.set(statement, title);
  return title;
}

function write({ effect, actions, resources, principals, policy, sid }: Statement): string {
  const words = [
    effect ?? 'a statement about',
    ...(actions ? [list(actions, 'all actions but')] : []),
    ...(principals ? ['to', list({ negated: principals.negated, values: principals.principals.map(({ name }) => name) }, 'everyone but')] : []),
    ...(resources && !(principals && isEverything(resources)) ? ['on', list(resources, 'all resources but')] : []),
    'in',
    policy.name,
    ...(sid === undefined ? [] : [`(${sid})`]),
  ];
  return words.join(' ');
}

/** Resource policies must name a resource, and trust policies cannot. `*` adds nothing to the title. */
const isEverything = ({ negated, values }: Values) => !negated && values.length === 1 && values[0].literal === '*';

function list({ negated, values }: Values, others: string): string {
  const shown = values.slice(0, SHOWN).join(', ') + (values.length > SHOWN ? ` and ${values.length - SHOWN} more` : '');
  return negated ? `${others} ${shown}` : shown;
}
