import { readAssembly } from './read-assembly';
import { isObject, Template, nestedId, parsedTemplate } from './template';
import { unreadParts } from './unread-parts';
import { Finding } from '../findings/finding';

/** The templates of an app, which are read together, because roles, clusters and accounts can be in different stacks. */
export class Assembly {
  /**
   * @param directory a cloud assembly, such as `cdk.out`.
   * @throws if it is not one.
   */
  static fromDirectory(directory: string): Assembly {
    return new Assembly(readAssembly(directory));
  }

  /**
   * @param templates by any names, all for one account and region. `AWS::StackName` is unknown in them. A name counts as that of the stack only where another
   * template imports what it exports, or gets its outputs, by the name of the stack.
   * @throws if one of them is not a template.
   */
  static fromTemplates(templates: { readonly [name: string]: object }): Assembly {
    if (!isObject(templates) || Object.keys(templates).length === 0) {
      throw new Error('PodAccess.fromTemplates needs an object with at least one template by its name, such as { MyStack: template }');
    }
    return new Assembly(Object.entries(templates).map(([name, content]) =>
      ({ id: name, file: name, environment: '', ...parsedTemplate(name, content) })));
  }

  /** What the templates contain that is not read. */
  readonly findings: readonly Finding[];
  private readonly nested: ReadonlyMap<string, Template>;

  private constructor(readonly templates: readonly Template[]) {
    this.nested = new Map(templates.map((template) => [template.id, template]));
    this.findings = templates.flatMap((template) => unreadParts(template, (logicalId) => this.nestedIn(template, logicalId) !== undefined));
  }

  /** The template of a nested stack. */
  nestedIn(template: Template, logicalId: string): Template | undefined {
    return this.nested.get(nestedId(template, logicalId));
  }
}
