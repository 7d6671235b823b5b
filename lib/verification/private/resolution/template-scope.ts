import { withDynamicReferences } from './dynamic-references';
import { intrinsicOf } from './intrinsics';
import { Scope } from './scope';
import { Assembly } from '../assembly/assembly';
import { pathInTemplate } from '../assembly/path-in-template';
import { Template, isObject } from '../assembly/template';
import { Finding } from '../findings/finding';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { Truth } from '../values/truth';
import { Unknown } from '../values/unknown';

/** Longer chains of references would not fit on the stack. */
const DEEPEST = 250;

/** Longer texts, such as names that double again and again, would not fit into memory. CloudFormation allows less. */
const LONGEST = 1_000_000;

const lengthOf = ({ parts }: Text) => parts.reduce((length, part) => length + (typeof part === 'string' ? part.length : 1), 0);

/** What the templates of an assembly have in common. */
export interface Shared extends Pick<Scope, 'assembly' | 'parameters' | 'exports' | 'in'> {
  /** How many values are being resolved, one for the other. */
  depth: number;
  conditionOf(scope: Scope, name: string): Truth;
  find(template: Template, finding: Finding, value: unknown): void;
}

/** What is being resolved: an object, or what a name stands for. */
interface Frame {
  readonly of: object | string;
  readonly outer?: Frame;
  symbols: number;
}

/** Resolves the values of one template, each of them once. */
export class TemplateScope implements Scope {
  readonly assembly: Assembly;
  readonly parameters: Scope['parameters'];
  readonly exports: Scope['exports'];
  private readonly values = new Map<object, Resolved>();
  private readonly named = new Map<string, { readonly value: Resolved } | 'resolving'>();
  private frame?: Frame;
  private count = 0;

  constructor(readonly template: Template, private readonly shared: Shared) {
    this.assembly = shared.assembly;
    this.parameters = shared.parameters;
    this.exports = shared.exports;
  }

  in(template: Template): Scope {
    return this.shared.in(template);
  }

  condition(name: string): Truth {
    return this.shared.conditionOf(this, name);
  }

  find(id: string, message: string, value: unknown): void {
    this.shared.find(this.template, { id, message }, value);
  }

  text(value: unknown): Text {
    const resolved = this.resolve(value);
    if (resolved instanceof Text) {
      return resolved;
    }
    this.find('not-a-text', 'a string is required, but there is a list, an object or no value, so the string is unknown', value);
    return this.fresh('not a text');
  }

  resolve(value: unknown): Resolved {
    if (typeof value === 'string') {
      return withDynamicReferences(Text.of(value), this.template);
    }
    if (value === undefined || value === null) {
      return undefined;
    }
    if (typeof value !== 'object') {
      return Text.of(String(value));
    }
    if (this.values.has(value)) {
      return this.values.get(value);
    }
    const resolved = this.within(value, () => this.resolveData(value));
    this.values.set(value, resolved);
    return resolved;
  }

  once(name: string, resolve: () => Resolved): Resolved {
    const known = this.named.get(name);
    if (known === 'resolving') {
      this.find('cyclic-reference', `${name} depends on itself, so it is unknown`, undefined);
      return this.fresh(name);
    }
    if (known) {
      return known.value;
    }
    this.named.set(name, 'resolving');
    const value = this.within(name, resolve);
    this.named.set(name, { value });
    return value;
  }

  private within<T>(of: Frame['of'], resolve: () => T): T {
    const { frame: outer } = this;
    this.frame = { of, outer, symbols: 0 };
    try {
      return resolve();
    } finally {
      this.frame = outer;
    }
  }

  private resolveData(value: object): Resolved {
    if (this.shared.depth >= DEEPEST) {
      this.find('too-deep', `a value is at the end of a chain of more than ${DEEPEST} references, so it is unknown`, value);
      return this.fresh('value');
    }
    this.shared.depth++;
    const resolved = Array.isArray(value) ? value.map((item) => this.resolve(item)).filter((item) => item !== undefined) : this.resolveObject(value);
    this.shared.depth--;
    if (resolved instanceof Text && lengthOf(resolved) > LONGEST) {
      this.find('too-long', `a text is longer than ${LONGEST.toLocaleString('en-US')} characters, so it is unknown`, value);
      return this.fresh('text');
    }
    return resolved instanceof Text ? withDynamicReferences(resolved, this.template) : resolved;
  }

  private resolveObject(value: object): Resolved {
    const intrinsic = intrinsicOf(value);
    if (intrinsic) {
      return intrinsic(this);
    }
    const entries = Object.entries(value).map(([key, item]): [Text, Resolved] => [Text.of(key), this.resolve(item)]);
    return isObject(value) ? new ResolvedMap(entries.filter(([, item]) => item !== undefined)) : undefined;
  }

  fresh(label: string): Text {
    return Text.unknown(new Unknown(`${this.template.id}/${label} ${this.symbol()}`, { label }));
  }

  /**
   * Identifies a symbol by the place of what is being resolved, so that it is the same in whichever order values are resolved: an assignment decides comparisons
   * with it, which others have to recognize.
   */
  private symbol(): string {
    for (let { frame } = this; frame; frame = frame.outer) {
      const path = typeof frame.of === 'string' ? frame.of : pathInTemplate(this.template, frame.of);
      if (path !== undefined) {
        return `at ${path}, ${frame.symbols++}`;
      }
    }
    return `${this.count++}`;
  }
}
