import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { Clock } from './clock';
import { Cluster } from './cluster';
import { Counts } from './counts';
import { eventOf, stackIdOf } from './events';
import { Identity } from './identities';
import { CONFIG_MAP, CUSTOM_RESOURCE_DEFINITION } from './kinds';
import { Lambda } from './lambda';
import { SHORT } from './limits';
import { RECORDS } from './names';
import type { Options } from './options';
import { Proxy } from './proxy';
import { Sequence } from './sequence';
import { Violation } from './story';
import type { Limits } from '../../lib/kubernetes/function/limits';
import type { TestCluster } from '../../local-aws/test-cluster';

/** Amazon EKS, which always says that the cluster exists. The function asks it when a connection breaks off during a Delete. */
async function eks(): Promise<string> {
  const server = createServer((_, response) => response.end('{"cluster":{}}')).unref();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const GROUP = 'torture.example.com';
const SWEEPER = 'torture-sweeper';

/** What went wrong in a sequence. */
export interface Finding {
  readonly seed: number;
  readonly message: string;
  readonly steps: string[];
}

/** Runs many sequences in one cluster, some of them at the same time. */
export class Torture {
  public static async in(cluster: TestCluster, options: Options): Promise<Torture> {
    Object.assign(process.env, await cluster.functionEnvironment(), { EKS_ENDPOINT: await eks() });
    return new Torture(new Cluster(cluster.access), await Proxy.start(cluster.access), options);
  }

  public readonly counts = new Counts();
  public readonly findings: Finding[] = [];
  private readonly lambda: Lambda;
  private readonly clock = new Clock();
  private sweeps = 0;

  private constructor(private readonly cluster: Cluster, private readonly proxy: Proxy, private readonly options: Options) {
    this.lambda = new Lambda(proxy, SHORT);
  }

  public async run(report: (finding: Finding) => void): Promise<void> {
    const { seed, sequences, parallel, kills, faults } = this.options;
    await this.makeNamespace(SWEEPER);
    const widgets = new Identity(CUSTOM_RESOURCE_DEFINITION, `widgets.${GROUP}`);
    await this.cluster.ask('POST', widgets.collection, widgets.render({}));
    const batch = parallel * 3;
    for (let slot = 0; slot < Math.min(batch, sequences); slot++) {
      await this.makeNamespace(`torture-${slot}`);
    }
    for (let first = 0; first < sequences; first += batch) {
      const count = Math.min(batch, sequences - first);
      const around = { cluster: this.cluster, lambda: this.lambda, counts: this.counts, group: GROUP, kills, faults };
      const batchOf = Array.from({ length: count }, (_, slot) => new Sequence(seed + first + slot, `torture-${slot}`, around));
      let going = await this.all(batchOf, (sequence) => sequence.play(), report);
      await this.sweepAll();
      going = await this.all(going, (sequence) => sequence.end(), report);
      await this.sweepAll();
      await this.all(going, (sequence) => sequence.afterwards(), report);
      await Promise.all(batchOf.map((sequence) => sequence.clear()));
      this.counts.add('sequences', count);
    }
  }

  public stop(): void {
    this.lambda.stop();
    this.proxy.stop();
    this.cluster.close();
  }

  /** @returns the sequences without a violation. */
  private async all(sequences: Sequence[], play: (sequence: Sequence) => Promise<void>, report: (finding: Finding) => void): Promise<Sequence[]> {
    const left = [...sequences];
    const good: Sequence[] = [];
    const worker = async () => {
      for (let sequence = left.shift(); sequence; sequence = left.shift()) {
        try {
          await play(sequence);
          good.push(sequence);
        } catch (error) {
          const message = error instanceof Violation ? error.message : (error as Error).stack ?? String(error);
          const finding = { seed: sequence.seed, message, steps: sequence.story.steps };
          this.findings.push(finding);
          this.counts.add(error instanceof Violation ? 'violations' : 'errors of the harness');
          report(finding);
        }
      }
    };
    await Promise.all(Array.from({ length: this.options.parallel }, worker));
    return sequences.filter((sequence) => good.includes(sequence));
  }

  /** Repeated, because one event only sweeps some sets. */
  private async sweepAll(): Promise<void> {
    for (let before = Infinity, now = await this.records(); now < before; [before, now] = [now, await this.records()]) {
      await this.sweep();
    }
  }

  private async records(): Promise<number> {
    const { status, body } = await this.cluster.send('GET', `/api/v1/namespaces/${RECORDS}/secrets`);
    return status === 200 ? body.items.length : 0;
  }

  /** Sends an event of another set, after CloudFormation has stopped waiting for all earlier events. */
  private async sweep(): Promise<void> {
    const identity = new Identity(CONFIG_MAP, 'x', SWEEPER);
    const identities = new Map([[identity.text, identity]]);
    const number = ++this.sweeps;
    const wanted = { existing: 'REFUSE' as const, objects: { [identity.text]: { first: 'b25l' } } };
    const input = { stackId: stackIdOf(SWEEPER, `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`), logicalId: 'Sweeper', wanted };
    const limits: Limits = { ...SHORT, work: 120_000, all: 180_000, service: -Infinity };
    const create = await this.lambda.invoke(eventOf({ ...input, type: 'Create', requestId: `sweep-${number}-create`, time: this.clock.tick() }, identities), { limits });
    if (create.outcome.is !== 'answered') {
      throw new Error(`the sweeper: ${JSON.stringify(create.outcome)}`);
    }
    await this.lambda.invoke(eventOf({ ...input, type: 'Delete', id: create.outcome.id, requestId: `sweep-${number}-delete`, time: this.clock.tick() }, identities), { limits });
  }

  private async makeNamespace(name: string): Promise<void> {
    await this.cluster.ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
}
