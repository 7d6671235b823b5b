import { CLUSTER_AUTOSCALER } from './cluster-autoscaler';
import { Example } from './example';
import { IRSA } from './irsa';

/** By the name that `--example` takes. */
export const EXAMPLES: { readonly [name: string]: Example } = {
  'irsa': IRSA,
  'cluster-autoscaler': CLUSTER_AUTOSCALER,
};
