import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';
import { Resolved } from '../values/resolved';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** The outputs that stacks export, by the key of the name of the export. Several export the same by mistake, or under different conditions. */
export type Exports = Map<string, Array<{ readonly template: Template; readonly output: string }>>;

/** A template in which values are resolved. */
export interface Scope {
  readonly template: Template;
  readonly assembly: Assembly;
  /** The values that were assumed: of parameters, and of attributes, such as `Cluster.OpenIdConnectIssuerUrl`. */
  readonly parameters: { readonly [name: string]: string };
  /** What the stacks of an environment export, which is read once. */
  exports(environment: string, read: () => Exports): Exports;
  /** The same for another template of the assembly. */
  in(template: Template): Scope;
  /** @param holder the object of the template that has the value, for a text that another object refers to. */
  resolve(value: unknown, holder?: object): Resolved;
  /** Resolves a value that is a text: what is not one is unknown. */
  text(value: unknown): Text;
  /** Whether a condition of the template holds. */
  condition(name: string): Truth;
  /** Resolves what a name stands for, once, and finds references that lead back to themselves. */
  once(name: string, resolve: () => Resolved): Resolved;
  /** A value of which nothing is known, and which is equal to no other. */
  fresh(label: string): Text;
  /** Notes what cannot be resolved, where `value` is in the template. */
  find(id: string, message: string, value: unknown): void;
}
