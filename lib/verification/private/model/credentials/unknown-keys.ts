import { KINDS } from './kinds';
import { NamedValues } from './named-values';
import { keysInOutsideStores } from './outside-stores';
import { KeyCopy, UnknownKey } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { NAMES_OF_SERVICES } from '../pods/service-credentials';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/**
 * Where the templates show that there is the secret part of an access key, and not whose it is, or a password, a key or a token of a single service. Whoever reads it, or
 * decides what runs with it, has the credentials of a user of whom nothing is known.
 */
export function readUnknownKeys(resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): UnknownKey[] {
  const keys = [...new NamedValues(KINDS.accessKey, resources).copies(programs, objects), ...keysInOutsideStores(objects())];
  return [...keys.map((copy) => ({ ...copy, what: 'an access key of a user whom the templates do not show' })), ...keysOfServices(resources, programs, objects)];
}

/** Few apps have any, so that all are looked for together first. */
function keysOfServices(resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): UnknownKey[] {
  const copiesOf = (services: typeof NAMES_OF_SERVICES): KeyCopy[] => new NamedValues({
    mentioned: new RegExp(services.map(({ mentioned }) => mentioned.source).join('|')),
    has: (name) => services.some(({ secret }) => secret.test(name)),
  }, resources).copies(programs, objects);
  return copiesOf(NAMES_OF_SERVICES).length === 0 ? [] : NAMES_OF_SERVICES.flatMap((service) =>
    copiesOf([service]).map((copy) => ({ ...copy, what: 'credentials of a user whom the templates do not show, for one service', only: service.only })));
}
