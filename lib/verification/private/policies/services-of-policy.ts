import { parsePolicy } from './parse-policy';
import { Policy } from './policy';
import { Statement } from './statement';
import { Interned } from '../values/interned';

/** The services whose actions a statement names, by their prefixes; undefined if it can be about those of any. */
export function servicesNamedIn({ actions }: Statement): string[] | undefined {
  const named = actions && !actions.negated ? actions.values.map(({ start }) => /^[^:*?]+(?=:)/.exec(start)?.[0].toLowerCase()) : [undefined];
  return named.includes(undefined) ? undefined : [...new Set(named as string[])];
}

/** Whether the policy of a role could allow an action of a service. Most name a few services, so that thousands of other actions take no evaluation. */
export function mayAllowService(policy: Policy, service: string): boolean {
  const services = named.of([policy], () => servicesAllowedBy(policy));
  return services === undefined || services.has(service);
}

const named = new Interned<ReadonlySet<string> | undefined>();

function servicesAllowedBy(policy: Policy): ReadonlySet<string> | undefined {
  const { statements, problems } = parsePolicy(policy, 'identity');
  const services = statements.filter(({ effect }) => effect !== 'Deny').map(servicesNamedIn);
  const isRead = problems.length === 0 && statements.every((statement) => statement.problems.length === 0);
  return isRead && !services.includes(undefined) ? new Set(services.flatMap((some) => some!)) : undefined;
}
