import { Content, Field, Kind, OWNER } from './kinds';

/** The kind, name and namespace of an object, whether or not it exists. */
export class Identity {
  constructor(public readonly kind: Kind, public readonly name: string, public readonly namespace?: string) {}

  /** For example `ConfigMap a`. */
  public get text(): string {
    return `${this.kind.kind} ${this.name}`;
  }

  public get collection(): string {
    const { apiVersion, plural } = this.kind;
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    return `${group}${this.namespace ? `/namespaces/${this.namespace}` : ''}/${plural}`;
  }

  public get path(): string {
    return `${this.collection}/${this.name}`;
  }

  public get fields(): Field[] {
    return [...this.kind.fields, OWNER];
  }

  /** The object as a manifest contains it. */
  public render(content: Content): any {
    const object: any = this.bare(this.kind.rest?.(this.name));
    for (const { name, set } of this.fields) {
      if (content[name] !== undefined) {
        set(object, content[name]);
      }
    }
    return object;
  }

  /** A merge patch that sets these fields, or removes those that are null. */
  public patch(change: { [field: string]: string | null }): any {
    const object: any = {};
    for (const { name, set } of this.fields) {
      if (change[name] !== undefined) {
        set(object, change[name]);
      }
    }
    return object;
  }

  private bare(rest: object = {}) {
    const { apiVersion, kind } = this.kind;
    return { apiVersion, kind, metadata: { name: this.name, ...(this.namespace && { namespace: this.namespace }) }, ...rest };
  }
}
