import { Exports } from './scope';
import { Outcomes } from './trace';
import { pathInTemplate } from '../assembly/path-in-template';
import { Template } from '../assembly/template';
import { WhereInTemplate } from '../assembly/where-in-template';
import { Resolved } from '../values/resolved';
import { Truth } from '../values/truth';

/** Values by their keys, each under all assignments for which it was resolved. */
export interface Store<K, T> {
  get(key: K): Outcomes<T> | undefined;
  set(key: K, outcomes: Outcomes<T>): void;
  /** Identifies a value in the assembly. Undefined for one that is not in a template, such as a value of an app. */
  nameOf(key: K): string | undefined;
}

/** The values of one template. */
export interface TemplateValues {
  /** By the object in the template. */
  readonly values: Store<object, Resolved>;
  readonly named: Store<string, Resolved>;
  /** What was read of each resource, by logical ID. */
  readonly resources: ReadonlyMap<string, Store<string, unknown>>;
}

/** What the resolvers of an assembly share under all assignments of its conditions, if they assume the same: each value is resolved once for the answers on which it depends. */
export class SharedValues {
  readonly places = new WhereInTemplate();
  /** By environment. */
  readonly exports = storeIn<string, Exports>(new Map(), (environment) => `exports of ${environment}`);
  readonly conditions = storeIn<string, Truth>(new Map(), (name) => `condition ${name}`);
  /** What was read of several resources. */
  readonly parts = storeIn<string, unknown>(new Map(), (name) => name);
  private readonly byTemplate = new Map<Template, TemplateValues>();

  of(template: Template): TemplateValues {
    const known = this.byTemplate.get(template) ?? nothingOf(template);
    this.byTemplate.set(template, known);
    return known;
  }
}

function nothingOf(template: Template): TemplateValues {
  const inTemplate = (name: string | undefined) => name && `${template.id}: ${name}`;
  return {
    values: storeIn<object, Resolved>(new WeakMap(), (value) => inTemplate(pathInTemplate(template, value))),
    named: storeIn<string, Resolved>(new Map(), inTemplate),
    resources: new Map(Object.keys(template.body.Resources).map((logicalId) =>
      [logicalId, storeIn<string, unknown>(new Map(), (name) => inTemplate(`${name} of ${logicalId}`))])),
  };
}

/** What both kinds of maps can do, of which one takes only objects as keys. */
interface Kept<K, T> {
  get(key: K): Outcomes<T> | undefined;
  set(key: K, outcomes: Outcomes<T>): unknown;
}

const storeIn = <K, T>(kept: Kept<K, T>, nameOf: Store<K, T>['nameOf']): Store<K, T> => ({
  get: (key) => kept.get(key),
  set: (key, outcomes) => {
    kept.set(key, outcomes);
  },
  nameOf,
});
