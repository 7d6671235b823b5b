import { AspectPriority, Aspects, CfnElement, IAspect, Reference, Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { outermostStack } from '../../private/outermost-stack';
import { tokensIn } from '../../private/tokens-in';

/** A reference from one stack to another. */
interface StackReference {
  readonly from: IConstruct;
  readonly to: Stack;
}

/**
 * Refuses grants that make two stacks depend on each other, before aws-cdk does: it names a resource deep inside of the cluster. An aspect is
 * the last that runs before aws-cdk makes stacks depend on what they refer to.
 */
export function refuseCircularGrants(role: Construct): void {
  Aspects.of(role).add(new CircularGrants(role), { priority: AspectPriority.READONLY });
}

class CircularGrants implements IAspect {
  constructor(private readonly role: Construct) {}

  public visit(node: IConstruct): void {
    if (CfnElement.isCfnElement(node) && node instanceof CfnPolicy) {
      const stack = outermostStack(this.role);
      for (const { to } of referencesOf(node)) {
        const back = wayBetween(to, stack);
        if (back) {
          throw new Error(`${this.role.node.path}: stack ${stack.node.path} would depend on ${to.node.path}, which it is granted permissions for, `
            + `but ${to.node.path} depends on ${stack.node.path}: ${back}. Define the service account or what it is granted in another stack, such as both in one, `
            + 'or leave the role out of resource policies: in one AWS account, the grant is enough');
        }
      }
    }
  }
}

/** Says why a stack depends on another one; undefined if it does not. */
function wayBetween(from: Stack, to: Stack, seen = new Set<Stack>()): string | undefined {
  seen.add(from);
  const explicit = from.dependencies.map((next): StackReference => ({ from, to: next }));
  for (const reference of [...referencesIn(from), ...explicit]) {
    if (reference.to === to) {
      return `${reference.from.node.path} refers to it`;
    }
    const further = seen.has(reference.to) ? undefined : wayBetween(reference.to, to, seen);
    if (further) {
      return `${reference.from.node.path} refers to ${reference.to.node.path}, where ${further}`;
    }
  }
  return undefined;
}

const OF_STACK = new WeakMap<Stack, StackReference[]>();

/** To resolve all of a stack takes a while, and several roles may ask. */
function referencesIn(stack: Stack): StackReference[] {
  const references = OF_STACK.get(stack) ?? stack.node.findAll().filter((each) => CfnElement.isCfnElement(each) && outermostStack(each) === stack)
    .flatMap((each) => referencesOf(each as CfnElement));
  OF_STACK.set(stack, references);
  return references;
}

/** What an element refers to in other stacks. */
function referencesOf(element: CfnElement): StackReference[] {
  const own = outermostStack(element);
  const template = (element as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
  const stacks = tokensIn(element, template).filter((token) => Reference.isReference(token)).map(({ target }) => outermostStack(target));
  return [...new Set(stacks)].filter((stack) => stack !== own).map((to) => ({ from: element, to }));
}
