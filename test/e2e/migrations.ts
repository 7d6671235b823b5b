import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { issuerOf, rolesOf } from './account-state';
import { assemblyOf } from './assembly';
import { CONFIG, Deployment, IN_CHART, Migration, Version } from './migration-recipes';
import { ROLE } from './scene';
import { until } from './waiting';
import { Failure } from '../../local-aws/commands';
import { deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';
import { Jobs, jobsOf } from '../../replay/jobs';
import { verdict } from '../../replay/outcome';

const nameOf = (arn: string) => arn.split('/').pop()!;

export const ACCOUNT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace: 'default' } };

/** What must not change: an object that is deleted and created again has another uid, and so has a role another id. */
export interface Kept {
  readonly uids: string[];
  readonly roleId: string;
}

/** A stack on its way from aws-cdk to this library or back, its cluster, and pods that list its bucket as the service account. */
export class Walk {
  /** Starts with this deployment. */
  public static async start(aws: LocalAws, name: string, version: Version, deployment: Deployment): Promise<Walk> {
    const args = Walk.assembly(aws, name, version, deployment);
    await deploy(aws, name, args);
    return new Walk(aws, name, version, await aws.cluster(name), await jobsOf(aws, name), args);
  }

  private static assembly(aws: LocalAws, name: string, version: Version, deployment: Deployment, logicalIdOfTheRole = 'unknown'): string[] {
    return assemblyOf(aws, (app: App) => void deployment.call(new Migration(app, name, version, logicalIdOfTheRole)));
  }

  private count = 0;

  private constructor(
    public readonly aws: LocalAws,
    public readonly name: string,
    private readonly version: Version,
    public readonly cluster: TestCluster,
    private readonly jobs: Jobs,
    /** The arguments with which the CDK CLI selects the newest app. */
    public args: string[],
  ) {}

  /** Deploys the stack of the cluster, or other stacks of the app. */
  public async deploy(deployment: Deployment, ...stacks: string[]): Promise<void> {
    await this.prepare(deployment);
    for (const stack of stacks.length ? stacks : [this.name]) {
      await deploy(this.aws, stack, this.args);
    }
  }

  /** What `cdk diff` prints about a deployment. */
  public async diff(deployment: Deployment): Promise<string> {
    await this.prepare(deployment);
    return (await this.aws.cdk(['diff', this.name, '--exclusively', '--no-color', ...this.args])).output;
  }

  public async kept(objects: typeof ACCOUNT[] = [ACCOUNT, CONFIG, IN_CHART]): Promise<Kept> {
    const uids = await Promise.all(objects.map(async (object) => (await this.find(object)).metadata.uid));
    return { uids, roleId: await this.roleId(await this.roleArn()) };
  }

  /** The role that the service account names. */
  public async roleArn(): Promise<string> {
    return (await this.find(ACCOUNT)).metadata.annotations[ROLE];
  }

  public async role(arn?: string) {
    return (await rolesOf(this.aws))[arn ?? await this.roleArn()];
  }

  public issuer = () => issuerOf(this.aws, this.name);

  /** Whether a new pod can list the bucket. */
  public async newPod(): Promise<string> {
    return verdict(await this.jobs.run(this.job(`new-${++this.count}`)), 'allowed');
  }

  /** Starts a pod that lists the bucket when it is released. */
  public async runningPod(): Promise<() => Promise<string>> {
    const name = `running-${++this.count}`;
    const [started, released] = ['started', 'released'].map((event) => join(this.aws.folder, `${this.name}-${name}-${event}`));
    await this.cluster.create(this.job(name, `touch ${started}; until [ -e ${released} ]; do sleep 0.2; done`));
    await until(() => existsSync(started));
    return async () => {
      writeFileSync(released, '');
      return verdict(await this.jobs.wait(name), 'allowed');
    };
  }

  private async find(object: { readonly kind: string; readonly metadata: { readonly name: string } }): Promise<any> {
    const found = await this.cluster.find(object);
    if (!found) {
      throw new Failure(`${object.kind} ${object.metadata.name} is gone`);
    }
    return found;
  }

  private async prepare(deployment: Deployment): Promise<void> {
    const { StackResources } = await this.aws.ask('cloudformation', 'describe-stack-resources', '--stack-name', this.name);
    const role = nameOf(await this.roleArn());
    const { LogicalResourceId } = StackResources.find(({ PhysicalResourceId }: any) => PhysicalResourceId === role) ?? {};
    this.args = Walk.assembly(this.aws, this.name, this.version, deployment, LogicalResourceId);
  }

  private async roleId(arn: string): Promise<string> {
    return (await this.aws.ask('iam', 'get-role', '--role-name', nameOf(arn))).Role.RoleId;
  }

  private job(name: string, first = 'true') {
    const containers = [{ name: 'main', image: 'amazon/aws-cli', command: ['sh', '-c', `${first}; exec aws s3 ls s3://${this.name}`] }];
    return {
      apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: 'default' }, spec: { template: { spec: { serviceAccountName: 'reader', restartPolicy: 'Never', containers } }, backoffLimit: 0 },
    };
  }
}
