import { setTimeout } from 'node:timers/promises';
import { Run } from './outcome';
import { Failure } from '../local-aws/commands';
import { LocalAws } from '../local-aws/local-aws';
import { TestCluster } from '../local-aws/test-cluster';

/** The time for a Job to complete, in milliseconds. */
const TIMEOUT = 300_000;

/** The log of a Job. */
export interface Log {
  readonly job: string;
  readonly log: string;
}

/** The Jobs in the namespace `default` of a cluster, by name. */
export interface Jobs {
  /** Waits for a Job that a stack has applied. */
  wait(name: string): Promise<Run>;
  /** Applies a Job and waits for it. */
  run(job: any): Promise<Run>;
  /** The Jobs as a user would see them, with these logs. */
  show(logs: Log[]): Promise<string>;
}

/** The Jobs of a real Kubernetes or, if the cluster is a record, processes on this machine. */
export async function jobsOf(aws: LocalAws, cluster: string): Promise<Jobs> {
  const { real } = await aws.control({ do: 'describe_cluster', name: cluster });
  return real ? new KubernetesJobs(await aws.cluster(cluster)) : new RecordedJobs(aws, cluster);
}

class RecordedJobs implements Jobs {
  constructor(private readonly aws: LocalAws, private readonly cluster: string) {}

  public async wait(name: string): Promise<Run> {
    return this.run(await this.aws.control({ do: 'recorded_object', cluster: this.cluster, kind: 'Job', namespace: 'default', name }));
  }

  public run(job: any): Promise<Run> {
    return this.aws.control({ do: 'run_job', cluster: this.cluster, job });
  }

  public async show(logs: Log[]): Promise<string> {
    return logs.map(({ job, log }) => `The log of Job ${job}:\n${log.trim()}`).join('\n\n');
  }
}

class KubernetesJobs implements Jobs {
  constructor(private readonly cluster: TestCluster) {}

  public async wait(name: string): Promise<Run> {
    const end = Date.now() + TIMEOUT;
    while (Date.now() < end) {
      const { metadata, status: { succeeded, failed } } = await this.cluster.ask('GET', `/apis/batch/v1/namespaces/default/jobs/${name}`);
      if (succeeded || failed) {
        return { succeeded: Boolean(succeeded), log: await this.log(metadata.uid) };
      }
      await this.cluster.check();
      await setTimeout(200);
    }
    throw new Failure(`the Job ${name} has neither completed nor failed in ${TIMEOUT / 1000} s`);
  }

  public async run(job: any): Promise<Run> {
    await this.cluster.create({ ...job, metadata: { ...job.metadata, namespace: 'default' } });
    return this.wait(job.metadata.name);
  }

  public async show(logs: Log[]): Promise<string> {
    return [`$ kubectl get jobs,pods\n${await this.list()}`, ...logs.map(({ job, log }) => `$ kubectl logs job/${job}\n${log.trim()}`)].join('\n\n');
  }

  /** The API server itself fills the columns, as for kubectl. */
  private async list(): Promise<string> {
    const tables = await Promise.all([['job.batch', '/apis/batch/v1/namespaces/default/jobs'], ['pod', '/api/v1/namespaces/default/pods']].map(
      async ([kind, path]) => {
        const { columnDefinitions, rows } = await this.cluster.table(path);
        const shown = columnDefinitions.flatMap(({ priority }: any, i: number) => (priority === 0 ? [i] : []));
        const lines = [columnDefinitions.map(({ name }: any) => name.toUpperCase()), ...rows.map(({ cells: [name, ...cells] }: any) => [`${kind}/${name}`, ...cells])]
          .map((line) => shown.map((i: number) => String(line[i])));
        const widths = shown.map((_: number, i: number) => Math.max(...lines.map((line) => line[i].length)));
        return lines.map((line) => line.map((cell: string, i: number) => cell.padEnd(widths[i])).join('   ').trimEnd()).join('\n');
      }));
    return tables.join('\n\n');
  }

  /** Selects the pod by the UID of the Job, because a pod of an earlier Job with the same name may still exist. */
  private async log(uid: string): Promise<string> {
    const { items: [pod] } = await this.cluster.ask('GET', `/api/v1/namespaces/default/pods?labelSelector=batch.kubernetes.io/controller-uid=${uid}`);
    return pod ? this.cluster.ask('GET', `/api/v1/namespaces/default/pods/${pod.metadata.name}/log`) : '';
  }
}
