import type { ObjectAddress } from './identity';

/** The namespace in which the function keeps the record of each set. */
export const RECORDS_NAMESPACE = 'cdk-irsa';

/** Whether an object is in the namespace of the records, or is that namespace. No set can contain such an object. */
export const isOfRecords = ({ kind, metadata: { name, namespace } }: ObjectAddress) =>
  (kind === 'Namespace' ? name : namespace) === RECORDS_NAMESPACE;
