import { App, Environment, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, ServiceAccountWithRole } from '../../lib';
import { newFolder } from '../files';
import { version } from '../stacks';

/** What the reader of a stage is allowed. */
export const ACTIONS = { Dev: 'sqs:ListQueues', Prod: 's3:ListAllMyBuckets' } as const;

type Environments = { readonly [stage in keyof typeof ACTIONS]?: Environment };

export const TWO_ACCOUNTS: Environments = { Dev: { account: '111111111111', region: 'eu-west-1' }, Prod: { account: '222222222222', region: 'eu-west-1' } };
export const TWO_REGIONS: Environments = { Dev: { account: '111111111111', region: 'eu-west-1' }, Prod: { account: '111111111111', region: 'us-west-2' } };
export const AGNOSTIC: Environments = { Dev: {}, Prod: {} };

/** The cloud assembly of an app with stages, each of which has a cluster named `main` with a service account `reader`. Prod has an `admin`, too. */
export function stagesApp(environments: Environments): string {
  const outdir = newFolder();
  const app = new App({ outdir });
  for (const [id, env] of Object.entries(environments) as Array<[keyof typeof ACTIONS, Environment]>) {
    const stack = new Stack(new Stage(app, id, { env }), 'Stack');
    const cluster = new IrsaCluster(stack, 'Cluster', { version, clusterName: 'main', nodegroups: [{ nodegroupName: 'nodes' }] });
    const account = (name: string, action: string) => new ServiceAccountWithRole(stack, name, { cluster, serviceAccountName: name })
      .role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [action], resources: ['*'] }));
    account('reader', ACTIONS[id]);
    if (id === 'Prod') {
      account('admin', 'sns:ListTopics');
    }
  }
  app.synth();
  return outdir;
}
