import { Example } from './example';
import { deploy, outputsOf } from '../../local-aws/deployments';
import { CLUSTER, replayClusterAutoscaler, shownLog, shownNodes } from '../../replay/cluster-autoscaler';
import { prove } from '../../replay/outcome';
import { Templates } from '../../replay/templates';

const STACK = 'ClusterAutoscalerStack';

/** The next step of the walk-through: a nodegroup that grows. */
export const CLUSTER_AUTOSCALER: Example = {
  stack: STACK,
  last: STACK,
  cluster: CLUSTER,
  appArgs: ['--app', 'node --import ./bin/tsx.mjs bin/cluster-autoscaler.ts'],
  needsKubernetes: true,

  async replay({ aws, app, during }) {
    await during(`cdk deploy ${STACK}`, () => deploy(aws, STACK, ['--app', app]));
    const { AutoscalerRoleArn } = await outputsOf(aws, STACK);
    const outcomes = await during('Pods that do not fit, and attacks', () => replayClusterAutoscaler(aws, AutoscalerRoleArn));
    console.log(`\n${await shownNodes(aws)}\n\n${await shownLog(aws)}`);
    return prove(outcomes, new Templates(app));
  },
};
