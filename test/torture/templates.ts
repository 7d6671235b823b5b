import { isRemade } from './applying';
import type { Identity } from './identities';
import type { Content } from './kinds';
import type { Model } from './model';
import type { Random } from './random';
import { Existing, stackOf } from './record';
import type { Resource, Template } from './stack';

/** Few, so that they repeat. Each is a valid label, annotation and base64 text. */
const VALUES = ['b25l', 'dHdv', 'Zm91', 'c2l4'];
const LOGICAL_IDS = ['One', 'Two', 'Three', 'Four', 'Five'];
const EXISTING: Existing[] = ['REFUSE', 'REFUSE', 'REFUSE', 'TAKE_OVER', 'TAKE_OVER', 'KEEP'];

/** A change that cannot be made in the current draft changes the content of an object instead. */
const CHANGES = ['content', 'content', 'content', 'add', 'drop', 'move', 'move', 'rename', 'existing', 'another set', 'retained'] as const;

type Draft = { [logicalId: string]: { existing: Existing; retained: boolean; objects: { [identity: string]: Content } } };

/** Generates random templates and random changes to them. In a template, an object is in one set only. */
export class Templates {
  constructor(private readonly model: Model, private readonly identities: Identity[]) {}

  public contentOf(random: Random, { kind: { fields } }: Identity): Content {
    const chosen = fields.filter(({ required }) => required || random.chance(0.6));
    const optional = fields.filter(({ required }) => !required);
    const some = chosen.some(({ required }) => !required) ? chosen : [...chosen, random.pick(optional)];
    return Object.fromEntries(fields.filter((field) => some.includes(field))
      .map(({ name, immutable }) => [name, immutable && random.chance(0.7) ? VALUES[0] : random.pick(VALUES)]));
  }

  public create(random: Random, stack: string): Template {
    const draft: Draft = {};
    const logicalIds = random.shuffle(LOGICAL_IDS).slice(0, random.whole(1, 3));
    logicalIds.forEach((logicalId) => draft[logicalId] = { existing: random.pick(EXISTING), retained: random.chance(0.1), objects: {} });
    for (const identity of random.some(this.identities, 0.55)) {
      draft[random.pick(logicalIds)].objects[identity.text] = this.contentOf(random, identity);
    }
    return this.template(random, stack, draft);
  }

  public change(random: Random, stack: string, template: Template): Template {
    const draft: Draft = Object.fromEntries(Object.entries(template).map(([logicalId, { wanted, retained }]) =>
      [logicalId, { existing: wanted.existing, retained, objects: { ...wanted.objects } }]));
    this.separate(random, draft);
    for (let changes = random.whole(1, 3); changes > 0; changes--) {
      this.changeOnce(random, stack, draft);
    }
    return this.template(random, stack, draft);
  }

  /** After a failure without a rollback, an object that was moving is in two sets. */
  private separate(random: Random, draft: Draft): void {
    const seen = new Set<string>();
    for (const logicalId of random.shuffle(Object.keys(draft))) {
      for (const identity of Object.keys(draft[logicalId].objects)) {
        if (seen.has(identity)) {
          delete draft[logicalId].objects[identity];
        }
        seen.add(identity);
      }
    }
  }

  private changeOnce(random: Random, stack: string, draft: Draft): void {
    const logicalIds = Object.keys(draft);
    if (logicalIds.length === 0) {
      Object.assign(draft, { [random.pick(LOGICAL_IDS)]: { existing: random.pick(EXISTING), retained: false, objects: {} } });
      return;
    }
    const places = logicalIds.flatMap((logicalId) => Object.keys(draft[logicalId].objects).map((identity) => ({ logicalId, identity })));
    const place = places.length > 0 ? random.pick(places) : undefined;
    const logicalId = random.pick(logicalIds);
    const free = LOGICAL_IDS.filter((each) => !(each in draft));
    const absent = this.identities.filter(({ text }) => !places.some(({ identity }) => identity === text));
    const drop = () => delete draft[place!.logicalId].objects[place!.identity];
    const add = (identity: Identity, to: string) => draft[to].objects[identity.text] = this.contentOf(random, identity);
    const move = (from: { logicalId: string; identity: string }, to: string) => {
      const content = draft[from.logicalId].objects[from.identity];
      delete draft[from.logicalId].objects[from.identity];
      draft[to].objects[from.identity] = content;
    };
    const others = (but: string) => logicalIds.filter((each) => each !== but);
    const moved = places.filter(({ logicalId: set, identity }) => this.wasMoved(`${stack}/${set}`, identity));
    const lost = places.filter(({ identity }) => stackOf(this.model.owner(identity) ?? stack) !== stack);
    const change = moved.length > 0 && random.chance(0.4) ? 'recreate' : lost.length > 0 && random.chance(0.3) ? 'move what others took' : random.pick(CHANGES);
    if (change === 'existing') {
      draft[logicalId].existing = random.pick(EXISTING);
    } else if (change === 'retained') {
      draft[logicalId].retained = !draft[logicalId].retained;
    } else if (change === 'rename' && free.length > 0) {
      draft[random.pick(free)] = draft[logicalId];
      delete draft[logicalId];
    } else if (change === 'another set' && logicalIds.length < 3 && absent.length > 0) {
      const added = random.pick(free);
      draft[added] = { existing: random.pick(EXISTING), retained: false, objects: {} };
      add(random.pick(absent), added);
    } else if (change === 'add' && absent.length > 0) {
      add(random.pick(absent), logicalId);
    } else if (change === 'drop' && place) {
      drop();
    } else if (change === 'move' && place && logicalIds.length > 1) {
      move(place, random.pick(others(place.logicalId)));
    } else if (change === 'recreate' && moved.length > 0) {
      const { logicalId: set, identity } = random.pick(moved);
      draft[set].objects[identity] = this.recreated(random, identity, draft[set].objects[identity]);
    } else if (change === 'move what others took' && lost.length > 0 && logicalIds.length > 1) {
      const from = random.pick(lost);
      const to = random.pick(others(from.logicalId));
      draft[to].existing = 'TAKE_OVER';
      move(from, to);
    } else if (place) {
      add(this.identities.find(({ text }) => text === place.identity)!, place.logicalId);
    }
  }

  /** Whether the set has the object from a sibling or an earlier set, and would recreate it to change an immutable field. */
  private wasMoved(set: string, identity: string): boolean {
    const entry = this.model.owner(identity) === set ? this.model.entryOf(set, identity) : undefined;
    return entry !== undefined && entry.epoch > 1 && isRemade(this.model, set, identity, entry);
  }

  private recreated(random: Random, identity: string, content: Content): Content {
    const fixed = this.model.identities.get(identity)!.fields.filter(({ immutable }) => immutable);
    return { ...content, ...Object.fromEntries(fixed.map(({ name }) => [name, random.pick(VALUES.filter((value) => value !== content[name]))])) };
  }

  /** Removes empty sets, and most changes that are impossible. */
  private template(random: Random, stack: string, draft: Draft): Template {
    const promising = Object.entries(draft).map(([logicalId, set]): [string, Draft[string]] => {
      const objects = Object.entries(set.objects).filter(([identity]) => random.chance(0.1) || !this.isRefused(stack, identity, set.existing));
      return [logicalId, { ...set, objects: Object.fromEntries(objects) }];
    });
    const resources = promising.filter(([, { objects }]) => Object.keys(objects).length > 0);
    return Object.fromEntries(resources.map(([logicalId, { existing, retained, objects }]): [string, Resource] => {
      const possible = Object.entries(objects).map(([identity, content]) => [identity, this.possible(random, stack, identity, content)]);
      return [logicalId, { retained, wanted: { existing, objects: Object.fromEntries(possible) } }];
    }));
  }

  /** Whether a deployment would fail because of an existing object. */
  private isRefused(stack: string, identity: string, existing: Existing): boolean {
    const owner = this.model.owner(identity);
    if (!this.model.things.has(identity) || existing === 'KEEP' || owner && stackOf(owner) === stack) {
      return false;
    }
    return existing === 'REFUSE' || owner === undefined && this.model.isKind(identity, 'Secret');
  }

  private possible(random: Random, stack: string, identity: string, content: Content): Content {
    const thing = this.model.things.get(identity);
    const owner = this.model.owner(identity);
    const canBeRemade = owner !== undefined && stackOf(owner) === stack && isRemade(this.model, owner, identity, this.model.entryOf(owner, identity));
    const isFree = !thing || canBeRemade && random.chance(0.7) || random.chance(0.1) && this.model.listing(identity).length === 0;
    const { fields } = this.model.identities.get(identity)!.kind;
    const fixed = fields.filter(({ name, immutable }) => immutable && content[name] !== undefined && !isFree);
    return { ...content, ...Object.fromEntries(fixed.map(({ name }) => [name, thing!.values.get(name)!])) };
  }
}
