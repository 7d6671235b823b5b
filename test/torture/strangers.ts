import type { Cluster } from './cluster';
import type { Identity } from './identities';
import type { Content } from './kinds';
import type { Model } from './model';
import { markOf } from './names';
import type { Random } from './random';
import type { Story } from './story';
import { Thing } from './thing';

const UPDATERS = ['kubectl-create', 'kubectl-client-side-apply', 'helm', 'kubectl-edit', 'some-controller'];
const APPLIERS = ['kubectl', 'helm'];

/** Others who write in the cluster. */
export class Strangers {
  constructor(
    private readonly cluster: Cluster, private readonly model: Model, private readonly story: Story,
    private readonly contentOf: (random: Random, identity: Identity) => Content,
  ) {}

  public async act(random: Random, identities: Identity[], sets: string[]): Promise<void> {
    const identity = random.pick(identities);
    const thing = this.model.things.get(identity.text);
    if (!thing) {
      await this.make(random, identity);
      return;
    }
    const isLasting = this.model.isKind(identity.text, 'Namespace', 'CustomResourceDefinition');
    const acts: [number, () => Promise<void>][] = [
      [4, () => this.patch(random, identity, thing)],
      [3, () => this.apply(random, identity, thing)],
      [1, () => this.wipe(identity, thing)],
      [2, () => this.forge(random, identity, thing, sets)],
      ...(isLasting ? [] : [[1, () => this.remove(identity)], [2, () => this.remake(random, identity)]] as [number, () => Promise<void>][]),
    ];
    await random.pick(acts.flatMap(([weight, act]) => Array(weight).fill(act)))();
  }

  public async make(random: Random, identity: Identity): Promise<void> {
    const content = this.contentOf(random, identity);
    const thing = new Thing();
    if (random.chance(0.5)) {
      const manager = random.pick(UPDATERS.slice(0, 3));
      this.story.tell(`${manager} creates ${identity.text} ${JSON.stringify(content)}`);
      await this.cluster.ask('POST', `${identity.collection}?fieldManager=${manager}`, identity.render(content));
      thing.update(manager, content);
    } else {
      const manager = random.pick(APPLIERS);
      this.story.tell(`${manager} applies the new ${identity.text} ${JSON.stringify(content)}`);
      await this.cluster.ask('PATCH', `${identity.path}?fieldManager=${manager}`, identity.render(content), 'application/apply-patch+yaml');
      thing.apply(manager, content);
    }
    this.model.add(identity.text, thing);
  }

  private async patch(random: Random, identity: Identity, thing: Thing): Promise<void> {
    const manager = random.pick(UPDATERS.slice(1));
    const content = this.contentOf(random, identity);
    if (thing.forged && [...thing.managers.values()].every(({ size }) => size === 0)) { // whether the API server tracks managers depends on entries without fields
      return;
    }
    const names = identity.kind.fields.filter(({ immutable }) => !immutable).map(({ name }) => name);
    const some = random.some(names, 0.5).filter((name) => content[name] !== undefined);
    const change = Object.fromEntries(some.map((name) => [name, content[name]]));
    this.story.tell(`${manager} patches ${identity.text} ${JSON.stringify(change)}`);
    await this.cluster.ask('PATCH', `${identity.path}?fieldManager=${manager}`, identity.patch(change), 'application/merge-patch+json');
    thing.update(manager, change);
  }

  private async apply(random: Random, identity: Identity, thing: Thing): Promise<void> {
    const manager = random.pick(APPLIERS);
    const content: { [field: string]: string } = { ...this.contentOf(random, identity) };
    for (const { name, immutable } of identity.kind.fields) {
      if (immutable) {
        content[name] = thing.values.get(name)!;
      }
    }
    this.story.tell(`${manager} applies ${identity.text} by force ${JSON.stringify(content)}`);
    const path = `${identity.path}?fieldManager=${manager}&force=true`;
    const { status } = await this.cluster.send('PATCH', path, identity.render(content), 'application/apply-patch+yaml');
    if (status === 200) { // 422 if the spec would be empty
      thing.apply(manager, content);
    }
  }

  private async wipe(identity: Identity, thing: Thing): Promise<void> {
    this.story.tell(`someone clears the managedFields of ${identity.text}`);
    await this.cluster.ask('PATCH', identity.path, { metadata: { managedFields: [{}] } }, 'application/merge-patch+json');
    thing.wipe();
  }

  private async forge(random: Random, identity: Identity, thing: Thing, sets: string[]): Promise<void> {
    const owner = random.chance(0.4) ? null : markOf(random.pick(sets));
    const token = random.chance(0.5) ? null : 'forged';
    this.story.tell(`someone writes our annotations on ${identity.text}: owner ${owner}, token ${token}`);
    const annotations = { 'cdk-irsa/owner': owner, 'cdk-irsa/token': token };
    await this.cluster.ask('PATCH', `${identity.path}?fieldManager=kubectl-annotate`, { metadata: { annotations } }, 'application/merge-patch+json');
    thing.update('kubectl-annotate', { owner });
    thing.forged = true;
  }

  private async remove(identity: Identity): Promise<void> {
    this.story.tell(`someone deletes ${identity.text}`);
    await this.cluster.remove(identity);
    this.model.things.delete(identity.text);
  }

  private async remake(random: Random, identity: Identity): Promise<void> {
    await this.remove(identity);
    await this.make(random, identity);
  }
}
