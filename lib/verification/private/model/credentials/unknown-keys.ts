import { NamedValues, ValueNames } from './named-values';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { hasAccessKey, isNameOfSecretPart } from '../pods/access-key-names';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

const OF_KEYS: ValueNames = {
  mentioned: /secret[_.-]?(access[_.-]?)?key|aws[_-]?(credentials|secret)|airflow_conn|A[KS]IA|s3[an]?:\/\/[^\s/:@"]+:/i, has: isNameOfSecretPart, isIn: hasAccessKey,
};

/**
 * Where the templates show that there is the secret part of an access key, and not whose it is. Whoever reads it, or decides what runs with it, has the credentials of a
 * user of whom nothing is known.
 */
export const readUnknownKeys = (resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): KeyCopy[] =>
  new NamedValues(OF_KEYS, resources).copies(programs, objects);
