import { Atom, Assignment } from './assignment';
import { Conditions } from './conditions';
import { Recorder } from './recorder';
import { SharedValues, Store, TemplateValues } from './shared-values';
import { Shared, TemplateScope } from './template-scope';
import { Assembly } from '../assembly/assembly';
import { Template, scalarText } from '../assembly/template';
import { Finding } from '../findings/finding';
import { FoundByKey } from '../findings/findings';
import { Resolved } from '../values/resolved';
import { Text } from '../values/text';

/** What the reader of a report takes as given. */
export interface ResolverAssumptions {
  /** The values of parameters of stacks that are not nested, by name, and of attributes of resources, by logical ID and attribute. */
  readonly parameters?: { readonly [name: string]: string };
}

/** Resolves the values of templates as CloudFormation does, under one assignment of their conditions. What only the deployment knows is a symbol. */
export class Resolver {
  private readonly scopes = new Map<Template, TemplateScope>();
  private readonly conditions: Conditions;
  private readonly recorder: Recorder;
  private readonly shared: Shared;

  /** @param values what is known from other resolvers of the assembly, which assume the same. */
  constructor(
    readonly assembly: Assembly, readonly assignment: Assignment = Assignment.UNDECIDED, { parameters = {} }: ResolverAssumptions = {},
    private readonly values = new SharedValues(),
  ) {
    this.recorder = new Recorder(assignment);
    this.conditions = new Conditions(this.recorder, values.conditions);
    this.shared = {
      assembly,
      parameters,
      values,
      recorder: this.recorder,
      depth: 0,
      in: (template) => this.in(template),
      conditionOf: (scope, name) => this.conditions.truthOf(scope, name),
      find: (template, finding, value) => this.find(template, finding, value),
    };
  }

  resolve(template: Template, value: unknown): Resolved {
    return this.in(template).resolve(value);
  }

  /** Whether the conditions of a resource, and of the stacks in which it is nested, hold. */
  exists(template: Template, logicalId: string): boolean {
    const { Condition: condition } = template.body.Resources[logicalId] ?? {};
    return (condition === undefined || this.conditions.truthOf(this.in(template), scalarText(condition)) !== 'no')
      && (!template.parent || this.exists(template.parent.template, template.parent.logicalId));
  }

  /** What was read of each resource of a template, by logical ID. */
  readOf(template: Template): TemplateValues['resources'] {
    return this.values.of(template).resources;
  }

  /**
   * What `read` returns. It is called once for all assignments that answer in the same way what it asks.
   *
   * @param read depends on nothing but what this resolver tells, and does not keep the resolver.
   * @param known what was read of a resource, undefined for what is read of several.
   */
  remember<T>(name: string, read: () => T, known: Store<string, unknown> = this.values.parts): T {
    return this.recorder.remember(known as Store<string, T>, name, read);
  }

  /** What readers find. It is found again where something that was read is remembered. */
  get foundByReaders(): FoundByKey {
    const { recorder } = this;
    return {
      set: (key, finding) => recorder.note().ofReaders.set(key, finding),
      values: () => recorder.recorded?.ofReaders.values() ?? [],
    };
  }

  /** The ARN of a resource, or undefined if the format for its type is not known. */
  arnOf(template: Template, logicalId: string): Text | undefined {
    return this.in(template).arnOf(logicalId);
  }

  /** Whether a function that resolves values asks for comparisons, decided or not. */
  asks(read: () => void): boolean {
    return (this.recorder.record(read).trace?.asked.size ?? 0) > 0;
  }

  /** The first comparison that mattered for what was resolved, and that the assignment does not decide. */
  get undecided(): Atom | undefined {
    return this.recorder.recorded?.undecided;
  }

  /** What was found in what was resolved. A value that is resolved twice, such as for another atom, is one finding. */
  get findings(): Finding[] {
    return [...this.assembly.findings, ...this.assignment.findings, ...this.recorder.recorded?.found.values() ?? []];
  }

  private in(template: Template): TemplateScope {
    const scope = this.scopes.get(template) ?? new TemplateScope(template, this.shared);
    this.scopes.set(template, scope);
    return scope;
  }

  private find(template: Template, { id, message }: Finding, value: unknown): void {
    const finding = { id, message: `${template.file}: ${message}`, place: this.values.places.of(template, value) };
    this.recorder.note().find(JSON.stringify(finding), finding);
  }
}
