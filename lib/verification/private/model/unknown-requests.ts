import { prefixOf } from './services';
import { actingNames } from '../aws-data/actions';
import { typesWith } from '../resource-types/declarations';
import { KNOWN_REQUESTS, KNOWN_SERVICES, NOT_FOLLOWED } from '../resource-types/known-services';
import { addTo } from '../values/add-to';

/** The requests that act, and of which it is not known what a service does on behalf of whoever sends them. */
export const unknownRequests = (): readonly string[] => unknown ??= findUnknown();

/** Those of a service, by the prefix of its actions. */
export const unknownRequestsOf = (service: string): readonly string[] => (byService ??= grouped()).get(service) ?? [];

let unknown: readonly string[] | undefined;
let byService: ReadonlyMap<string, readonly string[]> | undefined;

function findUnknown(): readonly string[] {
  const known = new Set([...KNOWN_SERVICES, ...servicesWithRoles()]);
  const [requests, notFollowed] = [new Set(KNOWN_REQUESTS), new Set(NOT_FOLLOWED)];
  return actingNames().filter((name) => notFollowed.has(name) || (!known.has(serviceOf(name)) && !requests.has(name)));
}

/** The services of what acts with a role, and those with whose requests others decide what it does. */
export const servicesWithRoles = (): string[] => typesWith('program').flatMap(([type, { takenOverBy, takenOverElsewhere = [], takenOverByShell = [], startedBy = [] }]) =>
  [prefixOf(type.split('::')[1]) ?? [], [takenOverBy, takenOverElsewhere, takenOverByShell, startedBy].flat().map(serviceOf)].flat());

function grouped(): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of unknownRequests()) {
    addTo(groups, serviceOf(name), name);
  }
  return groups;
}

const serviceOf = (action: string): string => action.split(':')[0];
