import { assemblyOf } from './assembly';
import { broken } from './broken';
import { startLocalAws } from './start-local-aws';
import { bootstrap, deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { makeBuckets } from '../../replay/scenario';

/** A local AWS in which the scenario can be deployed and replayed. */
export async function startForReplay(options?: { records?: boolean }): Promise<LocalAws> {
  const aws = await startLocalAws(options);
  await makeBuckets(aws);
  await bootstrap(aws);
  return aws;
}

/** Deploys IrsaTestStack with one thing broken. */
export const deployBroken = (aws: LocalAws, what: string) => deploy(aws, 'IrsaTestStack', assemblyOf(aws, (app) => broken(app, what)));
