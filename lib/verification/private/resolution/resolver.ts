import { Atom, Assignment } from './assignment';
import { Conditions } from './conditions';
import { arnOf } from './resource-values';
import { Shared, TemplateScope } from './template-scope';
import { Assembly } from '../assembly/assembly';
import { Template, scalarText } from '../assembly/template';
import { WhereInTemplate } from '../assembly/where-in-template';
import { Finding } from '../findings/finding';
import { Resolved } from '../values/resolved';
import { Text } from '../values/text';

/** What the reader of a report takes as given. */
export interface ResolverAssumptions {
  /** The values of parameters of stacks that are not nested, by name, and of attributes of resources, by logical ID and attribute. */
  readonly parameters?: { readonly [name: string]: string };
}

/** Resolves the values of templates as CloudFormation does, under one assignment of their conditions. What only the deployment knows is a symbol. */
export class Resolver {
  readonly findings: Finding[];
  private readonly scopes = new Map<Template, TemplateScope>();
  private readonly conditions: Conditions;
  private readonly places = new WhereInTemplate();
  private readonly found = new Set<string>();
  private readonly shared: Shared;

  constructor(readonly assembly: Assembly, readonly assignment: Assignment = Assignment.UNDECIDED, { parameters = {} }: ResolverAssumptions = {}) {
    this.findings = [...assembly.findings, ...assignment.findings];
    this.conditions = new Conditions(assignment);
    this.shared = {
      assembly,
      parameters,
      exports: new Map(),
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

  /** The ARN of a resource, or undefined if the format for its type is not known. */
  arnOf(template: Template, logicalId: string): Text | undefined {
    return arnOf(this.in(template), logicalId);
  }

  /** The first comparison that mattered for what was resolved, and that the assignment does not decide. */
  get undecided(): Atom | undefined {
    return this.conditions.undecided;
  }

  private in(template: Template): TemplateScope {
    const scope = this.scopes.get(template) ?? new TemplateScope(template, this.shared);
    this.scopes.set(template, scope);
    return scope;
  }

  /** A value that is resolved twice, such as for another atom, is one finding. */
  private find(template: Template, { id, message }: Finding, value: unknown): void {
    const place = this.places.of(template, value);
    const finding = { id, message: `${template.file}: ${message}`, place };
    const key = JSON.stringify(finding);
    if (!this.found.has(key)) {
      this.found.add(key);
      this.findings.push(finding);
    }
  }
}
