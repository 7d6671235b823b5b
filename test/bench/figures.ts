import type { Counts, Size } from './apps';
import { table } from './table';

/** What is compared. */
export const LIBRARIES = ['cdk-irsa', 'aws-eks-v2'] as const;
export type Library = typeof LIBRARIES[number];

export const SIZES: Size[] = [{ accounts: 1 }, { accounts: 10 }, { accounts: 100 }, { accounts: 200 }, { accounts: 1_000, perStack: 100 }];

/** Tests fail if one of these is exceeded. */
export const BOUNDS = {
  /** In bytes, as packed by npm. */
  package: 2_350_000,
  /** In bytes. */
  bundle: 180_000,
  /** Sent to the API server for a set, by its number of objects. */
  requests: {
    1: { create: 8, update: 7, remove: 8 },
    20: { create: 66, update: 65, remove: 65 },
    100: { create: 310, update: 310, remove: 310 },
  },
  /** The same for service accounts with a role, for whose credentials the function waits. */
  requestsWithRoles: {
    1: { create: 11, update: 10, remove: 8 },
    20: { create: 88, update: 87, remove: 65 },
    100: { create: 412, update: 412, remove: 310 },
  },
};

export interface Requests {
  readonly create: number;
  readonly update: number;
  readonly remove: number;
}

/** What is in the templates of an app. */
export interface Counted {
  readonly size: Size;
  readonly library: Library;
  readonly counts: Counts;
}

export function countsTable(apps: Counted[]): string {
  return table(['accounts', 'stacks', 'library', 'resources', 'custom resources', 'exports', 'bytes'],
    apps.map(({ size: { accounts }, library, counts: { stacks, resources, customResources, exports, bytes } }) =>
      [accounts, stacks, library, resources, customResources, exports, bytes]));
}

export function boundsTable(): string {
  const requestsFor = (what: string) => ([count, { create, update, remove }]: [string, Requests]) =>
    [`requests to create, update and delete ${what.replace('N', count).replace(/^(1 \w+)s/, '$1')}`, `${create}, ${update}, ${remove}`];
  return table(['figure', 'at most'], [
    ['bytes of the package, compressed', BOUNDS.package],
    ['bytes of the function, not compressed', BOUNDS.bundle],
    ...Object.entries(BOUNDS.requests).map(requestsFor('N objects')),
    ...Object.entries(BOUNDS.requestsWithRoles).map(requestsFor('N accounts with a role')),
  ]);
}
