import { IConstruct } from 'constructs';
import { refusalWithoutValue, within } from './errors';

/** Refuses options that name another cluster than the one whose method was called. TypeScript accepts them if they come from a spread. */
export function checkOwnCluster(scope: IConstruct, options: object | undefined, own: IConstruct): void {
  const { cluster = own } = (options ?? {}) as { readonly cluster?: unknown };
  if (cluster !== own) {
    within(scope, () => { throw refusalWithoutValue('cluster', 'omitted', `the method uses ${own.node.path}; for another cluster, call its method`); });
  }
}
