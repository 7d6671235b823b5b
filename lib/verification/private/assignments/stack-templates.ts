import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';

/** Where the templates of the stacks of one stage are. */
export class StackTemplates {
  /** @param stack a stack of the stage; undefined if the templates were not read from an app. */
  constructor(private readonly assembly: Assembly, private readonly stack?: Stack) {}

  /** Undefined for a stack of another stage, even if one of this stage has its name. */
  of(stack: Stack): Template | undefined {
    const { nestedStackParent: parent, nestedStackResource: resource } = stack;
    if (this.stack && Stage.of(stack) !== Stage.of(this.stack)) {
      return undefined;
    }
    if (!parent || !resource) {
      return this.assembly.templates.find(({ file }) => file === stack.templateFile);
    }
    const template = this.of(parent);
    return template && this.assembly.nestedIn(template, parent.getLogicalId(resource as CfnResource));
  }
}
