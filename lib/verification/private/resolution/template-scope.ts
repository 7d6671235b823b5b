import { withDynamicReferences } from './dynamic-references';
import { intrinsicOf } from './intrinsics';
import { Recorder } from './recorder';
import { arnOf } from './resource-values';
import { Exports, Scope } from './scope';
import { SharedValues, TemplateValues } from './shared-values';
import { Assembly } from '../assembly/assembly';
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

/** The values that are stated for all templates, and before them those for one template, whose names start with its ID. */
function statedFor({ id }: Template, all: Scope['parameters']): Scope['parameters'] {
  const own = Object.entries(all).filter(([name]) => name.startsWith(`${id}/`)).map(([name, value]) => [name.slice(id.length + 1), value]);
  return own.length > 0 ? { ...all, ...Object.fromEntries(own) } : all;
}

/** What the templates of an assembly have in common. */
export interface Shared extends Pick<Scope, 'assembly' | 'parameters' | 'in'> {
  readonly values: SharedValues;
  readonly recorder: Recorder;
  /** How many values are being resolved, one for the other. */
  depth: number;
  conditionOf(scope: Scope, name: string): Truth;
  find(template: Template, finding: Finding, value: unknown): void;
}

/** Resolves the values of one template, each of them once. */
export class TemplateScope implements Scope {
  readonly assembly: Assembly;
  readonly parameters: Scope['parameters'];
  private readonly known: TemplateValues;
  private readonly resolving = new Set<string>();
  /** The objects and lists that are being resolved, each for the one before it. */
  private holders: object[] = [];

  constructor(readonly template: Template, private readonly shared: Shared) {
    this.assembly = shared.assembly;
    this.parameters = statedFor(template, shared.parameters);
    this.known = shared.values.of(template);
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

  resolve(value: unknown, holder?: object): Resolved {
    if (typeof value === 'string') {
      return withDynamicReferences(Text.of(value), this.template, holder ? [holder] : this.holders);
    }
    if (value === undefined || value === null) {
      return undefined;
    }
    if (typeof value !== 'object') {
      return Text.of(String(value));
    }
    return this.shared.recorder.remember(this.known.values, value, () => this.resolveData(value));
  }

  once(name: string, resolve: () => Resolved): Resolved {
    if (this.resolving.has(name)) {
      this.find('cyclic-reference', `${name} depends on itself, so it is unknown`, undefined);
      return this.freshHere(name);
    }
    return this.shared.recorder.remember(this.known.named, name, () => {
      this.resolving.add(name);
      const outer = this.holders;
      this.holders = []; // what a name stands for is the same wherever the name is
      try {
        return resolve();
      } finally {
        this.resolving.delete(name);
        this.holders = outer;
      }
    });
  }

  exports(environment: string, read: () => Exports): Exports {
    const { values, recorder } = this.shared;
    return recorder.remember(values.exports, environment, read);
  }

  /** The ARN of a resource, or undefined if the format for its type is not known. */
  arnOf(logicalId: string): Text | undefined {
    const arn = this.once(`the ARN of ${logicalId}`, () => arnOf(this, logicalId));
    return arn instanceof Text ? arn : undefined;
  }

  private resolveData(value: object): Resolved {
    if (this.shared.depth >= DEEPEST) {
      this.find('too-deep', `a value is at the end of a chain of more than ${DEEPEST} references, so it is unknown`, value);
      return this.freshHere('value');
    }
    this.shared.depth++;
    this.holders.push(value);
    const resolved = Array.isArray(value) ? value.map((item) => this.resolve(item)).filter((item) => item !== undefined) : this.resolveObject(value);
    this.shared.depth--;
    const complete = resolved instanceof Text ? this.completeText(resolved, value) : resolved;
    this.holders.pop();
    return complete;
  }

  private completeText(text: Text, value: object): Text {
    if (lengthOf(text) > LONGEST) {
      this.find('too-long', `a text is longer than ${LONGEST.toLocaleString('en-US')} characters, so it is unknown`, value);
      return this.fresh('text');
    }
    return withDynamicReferences(text, this.template, this.holders);
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
    return Text.unknown(new Unknown(`${this.template.id}/${label} of ${this.shared.recorder.symbol()}`, { label, isUnread: true }));
  }

  /** The same for a value that is unknown here only, because of what is being resolved. */
  private freshHere(label: string): Text {
    this.shared.recorder.note().keepToResolver();
    return this.fresh(label);
  }
}
