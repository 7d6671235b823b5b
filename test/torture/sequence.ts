import { Clock } from './clock';
import { CloudFormation } from './cloudformation';
import type { Cluster } from './cluster';
import type { Counts } from './counts';
import type { EventInput } from './events';
import { Faults } from './faults';
import { Framework } from './framework';
import { Identity } from './identities';
import { Judge } from './judge';
import * as kinds from './kinds';
import type { Lambda } from './lambda';
import { Model } from './model';
import { recordOf, RECORDS } from './names';
import type { Kill } from './proxy';
import { Random } from './random';
import { Entry, isHeld, Wanted } from './record';
import { ResourceEvents } from './resource-events';
import { Sets } from './sets';
import { Stack, Template } from './stack';
import { StoredRecords } from './stored-records';
import { Story, Violation } from './story';
import { Strangers } from './strangers';
import { Templates } from './templates';

export interface Surroundings {
  readonly cluster: Cluster;
  readonly lambda: Lambda;
  readonly counts: Counts;
  /** The API group of a custom kind that already exists. */
  readonly group: string;
  /** The probability that an event is killed. */
  readonly kills: number;
  /** The share of the sequences in which half of the requests fail. */
  readonly faults: number;
}

/** A random sequence of deployments of some stacks into one namespace, between which others change objects. */
export class Sequence {
  public readonly story = new Story();
  private readonly random: Random;
  private readonly identities: Identity[];
  private readonly model: Model;
  private readonly judge: Judge;
  private readonly clock = new Clock();
  private readonly events: ResourceEvents;
  private readonly cloudFormation: CloudFormation;
  private readonly strangers: Strangers;
  private readonly templates: Templates;
  private readonly stacks: Stack[];

  constructor(public readonly seed: number, namespace: string, private readonly around: Surroundings) {
    const { cluster, lambda, counts, group } = around;
    this.random = new Random(seed);
    this.identities = identitiesOf(this.random, namespace, seed, group);
    const byText = new Map(this.identities.map((identity) => [identity.text, identity]));
    this.model = new Model(byText);
    this.judge = new Judge(cluster, this.model, counts);
    const framework = new Framework(lambda, byText, counts, this.story, Faults.of(seed, around.faults));
    const kill = (chance: Random, type: EventInput['type'], wanted: Wanted) => this.kill(chance, type, wanted);
    const stored = new StoredRecords(cluster, byText);
    this.events = new ResourceEvents(framework, this.model, new Sets(this.model), this.judge, stored, this.clock, counts, seed, kill);
    this.cloudFormation = new CloudFormation(this.events, counts, this.story);
    this.templates = new Templates(this.model, this.identities);
    this.strangers = new Strangers(cluster, this.model, this.story, (random, identity) => this.templates.contentOf(random, identity));
    this.stacks = ['a', 'b', 'c'].slice(0, this.random.whole(2, 3)).map((name) => new Stack(`s${seed}${name}`));
  }

  /** Runs the deployments one after another. */
  public async play(): Promise<void> {
    await this.clear();
    for (const identity of this.random.some(this.identities, 0.25)) {
      await this.strangers.make(this.random, identity);
    }
    for (let deployments = this.random.whole(4, 8); deployments > 0; deployments--) {
      this.clock.passServiceTimeout();
      await this.deployment();
      if (this.random.chance(0.2)) {
        await this.events.late(this.random.pick(this.stacks), this.random.fork());
      }
      await this.judge.check('after a deployment', this.events.unsure());
      const sure = this.identities.filter(({ text }) => !this.events.unsure().has(text));
      for (let acts = this.random.whole(0, 2); acts > 0 && sure.length > 0; acts--) {
        await this.strangers.act(this.random, sure, this.stacks.map(({ name }) => `${name}/One`));
      }
    }
  }

  /** Runs after an event of another set after the service timeout, when no Create is unclear any more. Deletes all stacks. */
  public async end(): Promise<void> {
    this.events.settle();
    await this.judge.check('after the service timeout', this.events.unsure());
    for (const stack of this.random.shuffle(this.stacks.filter(({ id }) => id))) {
      await this.cloudFormation.destroy(stack, this.random.fork());
      await this.judge.check(`after the deletion of stack ${stack.name}`, this.events.unsure());
    }
  }

  /** Runs after an event of another set after a second service timeout, when only retained records are left. */
  public async afterwards(): Promise<void> {
    await this.judge.check('in the end', this.events.unsure());
    for (const stack of this.stacks) {
      for (const logicalId of ['One', 'Two', 'Three', 'Four', 'Five']) {
        const set = `${stack.name}/${logicalId}`;
        const { status } = await this.around.cluster.send('GET', `/api/v1/namespaces/${RECORDS}/secrets/${recordOf(set)}`);
        const entries = [...this.model.records.get(set)?.entries ?? []];
        const isThere = ([identity, entry]: [string, Entry]) => isHeld(entry) && this.model.things.get(identity)?.uid === entry.uid;
        if (status === 200 ? !this.model.records.has(set) : entries.some(isThere)) {
          throw new Violation('a record', [`of ${set} is ${status === 200 ? 'left' : `missing: ${JSON.stringify([...this.model.records.get(set)!.entries])}`}`]);
        }
      }
    }
  }

  /** Removes everything of the sequence from the cluster. */
  public async clear(): Promise<void> {
    await Promise.all(this.identities.map(async (identity) => {
      if (await this.around.cluster.see(identity)) {
        await this.around.cluster.send('DELETE', identity.path, { propagationPolicy: 'Background' });
      }
    }));
    const records = this.stacks.flatMap(({ name }) => ['One', 'Two', 'Three', 'Four', 'Five'].map((logicalId) => recordOf(`${name}/${logicalId}`)));
    await Promise.all(records.map((name) => this.around.cluster.send('DELETE', `/api/v1/namespaces/${RECORDS}/secrets/${name}`)));
  }

  private async deployment(): Promise<void> {
    const { random } = this;
    const stack = random.pick(this.stacks);
    if (stack.id && random.chance(0.15)) {
      if (this.mayTouch(stack, {})) {
        await this.cloudFormation.destroy(stack, random.fork());
      }
      return;
    }
    const target = stack.id ? this.templates.change(random, stack.name, stack.template) : this.templates.create(random, stack.name);
    if (Object.keys(target).length === 0 || !this.mayTouch(stack, target)) {
      return;
    }
    const failsAfter = random.chance(stack.id ? 0.45 : 0.2) ? random.whole(0, 3) : undefined;
    await this.cloudFormation.deploy({ stack, target, failsAfter, rollsBack: random.chance(0.85), atOnce: random.chance(0.3) }, random.fork());
  }

  /** Whether the model can predict the outcome of a deployment. */
  private mayTouch(stack: Stack, target: Template): boolean {
    const involved = [...Object.entries(stack.template), ...Object.entries(target)];
    return involved.every(([logicalId, { wanted }]) => {
      const unsure = this.events.unsure(`${stack.name}/${logicalId}`);
      return Object.keys(wanted.objects).every((identity) => !unsure.has(identity));
    });
  }

  private kill(random: Random, type: EventInput['type'], { objects }: Wanted): Kill | undefined {
    const most = 8 + 3 * Object.keys(objects).length;
    return random.chance(this.around.kills * OFTEN[type]) ? { request: random.whole(1, most), reaches: random.chance(0.5) } : undefined;
  }
}

/** Chosen so that there are enough kills of each type. */
const OFTEN = { Create: 0.8, Update: 1.8, Delete: 0.8 };

function identitiesOf(random: Random, namespace: string, seed: number, group: string): Identity[] {
  const namespaced = [kinds.SERVICE_ACCOUNT, kinds.CONFIG_MAP, kinds.SECRET, kinds.JOB_KIND, kinds.ROLE_BINDING, kinds.customResource(group)];
  return [
    ...namespaced.map((kind) => new Identity(kind, 'x', namespace)),
    ...(random.chance(0.3) ? [new Identity(kinds.NAMESPACE, `${namespace}-${seed}`)] : []),
    ...(random.chance(0.15) ? [new Identity(kinds.CUSTOM_RESOURCE_DEFINITION, `widgets.t${seed}.example.com`)] : []),
  ];
}
