import { Stack } from 'aws-cdk-lib';
import { policies } from '../../lib';

/** One policy of each class, with the inputs that it requires. */
export const EXAMPLES: { readonly [name: string]: (stack: Stack) => policies.IControllerPolicy } = {
  ClusterAutoscalerPolicy: () => new policies.ClusterAutoscalerPolicy(),
};
