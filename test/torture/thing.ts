import type { Content } from './kinds';

/** A field manager with its operation, because `Apply helm` and `Update helm` are different managers. */
export type Manager = string;

/** A value that was taken from others, and its managers. */
export interface Remembered {
  readonly value: string;
  readonly managers: Manager[];
}

/** The manager of everything that existed before the first apply. */
export const FIRST_APPLY = 'Update before-first-apply';

/**
 * An object with the values and the managers of its fields. It behaves like an object in the API server whose fields are independent of
 * each other.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export class Thing {
  private static last = 0;

  /** Differs for each object with this name. */
  public uid = ++Thing.last;
  public readonly values = new Map<string, string>();
  public readonly managers = new Map<string, Set<Manager>>();
  /** Whether someone has cleared its managedFields. */
  private wiped = false;
  /** Whether it was ever updated other than by apply. An entry of such a manager remains even when it has lost all its fields. */
  private updated = false;
  /** Whether managedFields were ever cleared. Then nobody knows which fields sets have set. */
  public everWiped = false;
  /** The fields that sets have set. */
  public readonly touched = new Set<string>();
  /** Whether a set created it under KEEP, so that our managers and annotations stay. */
  public kept = false;
  /** Whether a set created it. */
  public isMade = false;
  /** Whether others have written our annotations. */
  public forged = false;

  public copy(): Thing {
    const copy: Thing = Object.assign(Object.create(Thing.prototype), this);
    return Object.assign(copy, {
      values: new Map(this.values),
      touched: new Set(this.touched),
      managers: new Map([...this.managers].map(([field, managers]) => [field, new Set(managers)])),
    });
  }

  /** A forced server-side apply. */
  public apply(manager: string, content: Content): void {
    const applier = `Apply ${manager}`;
    if (manager.startsWith('cdk-irsa')) {
      Object.keys(content).forEach((field) => this.touched.add(field));
    }
    if (this.isUnmanaged) {
      this.wiped = false;
      this.updated ||= this.values.size > 0;
      for (const field of this.values.keys()) {
        this.managersOf(field).add(FIRST_APPLY);
      }
    }
    for (const [field, value] of Object.entries(content)) {
      if (this.values.get(field) !== value) {
        this.managers.delete(field);
        this.values.set(field, value);
      }
      this.managersOf(field).add(applier);
    }
    for (const [field, managers] of [...this.managers]) {
      if (!(field in content) && managers.delete(applier) && managers.size === 0) {
        this.remove(field);
      }
    }
  }

  /** For kinds whose status Kubernetes writes. */
  public haveStatus(): void {
    this.updated = true;
  }

  /** A patch, or a creation other than by apply. */
  public update(manager: string, change: { readonly [field: string]: string | null }): void {
    const isTracked = !this.isUnmanaged || this.values.size === 0; // before the first apply, only the creation is tracked
    this.updated ||= isTracked && Object.entries(change).some(([field, value]) => value !== (this.values.get(field) ?? null));
    for (const [field, value] of Object.entries(change)) {
      if (value === null) {
        this.remove(field);
      } else if (this.values.get(field) !== value) {
        this.values.set(field, value);
        this.managers.set(field, new Set(isTracked ? [`Update ${manager}`] : []));
      }
    }
  }

  public wipe(): void {
    this.managers.clear();
    this.wiped = this.everWiped = true;
    this.updated = false;
  }

  /** Removes the entry of a manager. The values stay. */
  public disown(manager: string, ...fields: string[]): void {
    for (const [field, managers] of [...this.managers]) {
      managers.delete(`Apply ${manager}`);
      if (managers.size === 0) {
        this.managers.delete(field);
      }
    }
    fields.forEach((field) => this.remove(field));
  }

  public restore(field: string, { value, managers }: Pick<Remembered, 'value' | 'managers'>): void {
    this.values.set(field, value);
    this.managers.set(field, new Set(managers));
  }

  public managersOf(field: string): Set<Manager> {
    if (!this.managers.has(field)) {
      this.managers.set(field, new Set());
    }
    return this.managers.get(field)!;
  }

  public has(manager: string): boolean {
    return [...this.managers.values()].some((managers) => managers.has(`Apply ${manager}`));
  }

  private get isUnmanaged(): boolean {
    return this.wiped || !this.updated && [...this.managers.values()].every(({ size }) => size === 0);
  }

  public remove(field: string): void {
    this.values.delete(field);
    this.managers.delete(field);
  }
}
