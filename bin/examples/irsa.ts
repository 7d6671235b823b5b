import { Example } from './example';
import { deploy, outputsOf } from '../../local-aws/deployments';
import { jobsOf } from '../../replay/jobs';
import { prove } from '../../replay/outcome';
import { replayPodIdentity } from '../../replay/pod-identity';
import { replay, replayWithImds } from '../../replay/scenario';
import { Templates } from '../../replay/templates';

const STACK = 'IrsaTestStack';
/** Deployed after it, into its cluster. */
const POD_IDENTITY_STACK = 'PodIdentityTestStack';

/** The walk-through, with IRSA and with EKS Pod Identity. */
export const IRSA: Example = {
  stack: STACK,
  last: POD_IDENTITY_STACK,
  cluster: 'irsa-test',
  appArgs: [],
  variant: { title: 'with allowPodImdsAccess: true', args: ['-c', 'allowPodImdsAccess=true'] },
  needsKubernetes: false,

  async replay({ aws, app, variant, keep, during }) {
    await during(`cdk deploy ${STACK}`, () => deploy(aws, STACK, ['--app', app]));
    const { ReaderRoleArn } = await outputsOf(aws, STACK);
    const jobs = await jobsOf(aws, this.cluster);
    const first = await during('Jobs, the node, and attacks', () => replay(aws, jobs, ReaderRoleArn));
    await during(`cdk deploy ${POD_IDENTITY_STACK}`, () => deploy(aws, POD_IDENTITY_STACK, ['--app', app]));
    const { ReaderRoleArn: podIdentityRoleArn } = await outputsOf(aws, POD_IDENTITY_STACK);
    const podIdentity = await during('The same Job with EKS Pod Identity, and attacks', () => replayPodIdentity(aws, jobs, podIdentityRoleArn));
    await during(`cdk deploy ${STACK}, with allowPodImdsAccess: true`, () => deploy(aws, STACK, ['--app', variant]));
    const second = await during('A Job that reaches the metadata of its node', () => replayWithImds(jobs));
    console.log(`\n${await jobs.show([...first.logs, ...podIdentity.logs, ...second.logs])}`);
    if (keep) {
      await during(`cdk deploy ${STACK}, as it was`, () => deploy(aws, STACK, ['--app', app]));
    }
    const [withoutAccount, ...others] = prove([...first.outcomes, ...podIdentity.outcomes], new Templates(app));
    return [withoutAccount, ...prove(second.outcomes, new Templates(variant)), ...others];
  },
};
