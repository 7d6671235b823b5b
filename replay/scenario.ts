import { attacks } from './attacks';
import { BUCKETS } from './buckets';
import { Jobs, Log } from './jobs';
import { Outcome, Run, verdict } from './outcome';
import { inWords, LIST_BUCKETS, listsBuckets } from './proof';
import { Templates } from './templates';
import { LocalAws } from '../local-aws/local-aws';

const CLUSTER = 'irsa-test';

export interface Replay {
  readonly outcomes: Outcome[];
  readonly logs: Log[];
}

export async function makeBuckets(aws: LocalAws): Promise<void> {
  for (const bucket of BUCKETS) {
    await aws.ask('s3api', 'create-bucket', '--bucket', bucket, '--create-bucket-configuration', 'LocationConstraint=us-west-2');
  }
}

/** The steps of the walk-through, and what an attacker would try, on the deployed IrsaTestStack. */
export async function replay(aws: LocalAws, jobs: Jobs, roleArn: string): Promise<Replay> {
  const without = await jobs.run(withoutAccount('s3-listonly-no-sa'));
  const reader = await jobs.wait('s3-listonly');
  return {
    outcomes: [
      { who: 'a Job without a service account', what: LIST, expected: 'Failed: no credentials', got: jobVerdict(without), proof: withoutRole },
      { who: 'the Job with s3-reader-sa', what: LIST, expected: 'Complete: 2 buckets', got: jobVerdict(reader), proof: ofJob('s3-listonly') },
      { who: 'the node, as its role', what: LIST, expected: 'AccessDenied', got: verdict(await onNode(aws), 'buckets'), proof: ofNode },
      ...await attacks(aws, CLUSTER, roleArn),
    ],
    logs: [{ job: 's3-listonly-no-sa', ...without }, { job: 's3-listonly', ...reader }],
  };
}

/** The steps of the walk-through for nodes whose instance metadata is available to pods. */
export async function replayWithImds(jobs: Jobs): Promise<Replay> {
  const job = 's3-listonly-no-sa-imds';
  const without = await jobs.run(withoutAccount(job));
  return {
    outcomes: [{ who: 'the same with allowPodImdsAccess: true', what: LIST, expected: 'Failed: AccessDenied', got: jobVerdict(without), proof: withoutRole }],
    logs: [{ job, ...without }],
  };
}

export const LIST = 'aws s3 ls';

const withoutRole = ({ access }: Templates) => listsBuckets(access.pod({ serviceAccountName: 'default' }));

/** What a Job of the templates can list. */
export const ofJob = (name: string) => ({ access }: Templates) => listsBuckets(access.workload({ kind: 'Job', name }));

const ofNode = ({ access }: Templates) => inWords(access.nodegroup({ nodegroupName: 'nodegroup' }).decide(LIST_BUCKETS).outcome, 'buckets', 'AccessDenied');

/** testjob.yaml of the walk-through. */
const withoutAccount = (name: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    template: {
      spec: { containers: [{ name: 's3-listonly', image: 'amazon/aws-cli', command: ['aws', 's3', 'ls'] }], restartPolicy: 'Never' },
    },
    backoffLimit: 0,
  },
});

export const jobVerdict = (run: Run) => `${run.succeeded ? 'Complete' : 'Failed'}: ${verdict(run, `${BUCKETS.filter((bucket) => run.log.includes(bucket)).length} buckets`)}`;

/** What `aws s3 ls` returns in a Session Manager session of root on a node. */
async function onNode(aws: LocalAws): Promise<Run> {
  const environment = await aws.control({ do: 'node_environment', cluster: CLUSTER, nodegroup: 'nodegroup' });
  const { code, output } = await aws.aws(['s3', 'ls'], { ...environment, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
  return { succeeded: code === 0, log: output };
}
