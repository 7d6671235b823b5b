import type { Cluster, Sighting } from './cluster';
import type { Model } from './model';
import { isForeign } from './model';
import { Violation } from './story';
import type { Thing } from './thing';

/** Compares what is in the cluster with what the model says. */
export class Judge {
  private readonly uids = new Map<number, string>();

  constructor(private readonly cluster: Cluster, private readonly model: Model) {}

  /** @param unsure of which objects the model does not say what has become of them. */
  public async check(when: string, unsure: Set<string>): Promise<void> {
    const wrong = await Promise.all([...this.model.identities].filter(([text]) => !unsure.has(text)).map(async ([text, identity]) => {
      const seen = await this.cluster.see(identity);
      return this.compare(this.model.things.get(text), seen).map((what) => `${text} ${what}`);
    }));
    if (wrong.flat().length > 0) {
      throw new Violation(`${when}: the cluster is not as the model says`, wrong.flat());
    }
  }

  /** The object may have been made anew by an event that did not end. */
  public forget(identity: string): void {
    const thing = this.model.things.get(identity);
    if (thing) {
      this.uids.delete(thing.uid);
    }
  }

  private compare(thing: Thing | undefined, seen: Sighting | undefined): string[] {
    if (!thing || !seen) {
      return thing ? ['is gone'] : seen ? [`is there: ${describe(seen)}`] : [];
    }
    const wrong: string[] = [];
    const uid = this.uids.get(thing.uid);
    const isOther = uid === undefined && [...this.uids.values()].includes(seen.uid);
    if (uid !== undefined && uid !== seen.uid || isOther) {
      wrong.push(isOther ? 'is the same object as before' : 'has been made anew');
    }
    this.uids.set(thing.uid, seen.uid);
    const isOurs = [...thing.managers.values()].some((managers) => [...managers].some((manager) => !isForeign(manager)));
    for (const field of new Set([...thing.values.keys(), ...seen.values.keys()])) {
      const isMark = field === 'owner';
      if (isMark && (thing.forged || thing.kept)) {
        continue;
      }
      if (thing.values.get(field) !== seen.values.get(field)) {
        wrong.push(`${field} is ${seen.values.get(field)} instead of ${thing.values.get(field)}`);
      }
      const expected = list(thing.managers.get(field), thing.kept);
      const actual = list(seen.managers.get(field), thing.kept);
      if (!thing.everWiped && expected !== actual) {
        wrong.push(`${field} is managed by ${actual || 'nobody'} instead of ${expected || 'nobody'}`);
      }
    }
    if (!isOurs && !thing.kept) {
      const ours = seen.allManagers.filter((manager) => !isForeign(manager));
      wrong.push(...ours.map((manager) => `still has the manager ${manager}`));
      wrong.push(...(thing.forged ? [] : seen.annotations.map((name) => `still has the annotation ${name}`)));
    }
    return wrong;
  }
}

const list = (managers: Set<string> | undefined, onlyForeign: boolean) => [...managers ?? []].filter((each) => !onlyForeign || isForeign(each)).sort().join(', ');

function describe({ object: { metadata: { annotations, labels, deletionTimestamp }, data } }: Sighting): string {
  return JSON.stringify({ annotations, labels, deletionTimestamp, data });
}
