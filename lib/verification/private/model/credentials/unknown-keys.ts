import { KINDS } from './kinds';
import { NamedValues } from './named-values';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/**
 * Where the templates show that there is the secret part of an access key, and not whose it is. Whoever reads it, or decides what runs with it, has the credentials of a
 * user of whom nothing is known.
 */
export const readUnknownKeys = (resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): KeyCopy[] =>
  new NamedValues(KINDS.accessKey, resources).copies(programs, objects);
