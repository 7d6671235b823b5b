import { CfnElement, CfnResource, Reference, Stack } from 'aws-cdk-lib';
import { Construct, Dependable, IConstruct } from 'constructs';
import { outermostStack } from '../../private/outermost-stack';
import { tokensIn } from '../../private/tokens-in';

/** A reference from one stack to another. */
interface StackReference {
  readonly from: IConstruct;
  readonly to: Stack;
}

/**
 * Refuses grants that make two stacks depend on each other, before aws-cdk does: it names a resource deep inside the cluster.
 *
 * aws-cdk reads the dependencies of constructs after all aspects, and before it makes stacks depend on what they refer to. No other hook runs
 * then. Earlier, aspects could still change what is resolved here.
 */
export function refuseCircularGrants(role: Construct): void {
  const check = {};
  Dependable.implement(check, {
    get dependencyRoots() {
      role.node.findAll().filter(isPolicy).forEach((policy) => refuseCircle(role, policy));
      return [];
    },
  });
  role.node.addDependency(check);
}

export const isPolicy = (construct: IConstruct): construct is CfnResource =>
  CfnResource.isCfnResource(construct) && ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(construct.cfnResourceType);

function refuseCircle(role: Construct, policy: CfnResource): void {
  const stack = outermostStack(role);
  for (const { to } of referencesOf(policy)) {
    const reason = reasonToDepend(to, stack);
    if (reason) {
      throw new Error(`${role.node.path}: its grants make stack ${stack.node.path} depend on ${to.node.path}, but ${to.node.path} depends on ${stack.node.path}: ${reason}. `
        + 'Define the service account and the granted resource in one stack, or remove the role from the resource policy: in one AWS account, the grant is sufficient');
    }
  }
}

/** Says why a stack depends on another one; undefined if it does not. */
function reasonToDepend(from: Stack, on: Stack, seen = new Set<Stack>()): string | undefined {
  seen.add(from);
  const explicit = from.dependencies.map((to) => ({ from, to, verb: 'depends on' }));
  const implicit = referencesIn(from).map((reference) => ({ ...reference, verb: 'refers to' }));
  for (const { from: source, to, verb } of [...implicit, ...explicit]) {
    if (to === on) {
      return `${source.node.path} ${verb} it`;
    }
    const further = seen.has(to) ? undefined : reasonToDepend(to, on, seen);
    if (further) {
      return `${source.node.path} ${verb} ${to.node.path}, where ${further}`;
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
  // across environments, aws-cdk writes physical names, which need no order
  return [...new Set(stacks)].filter((stack) => stack !== own && stack.environment === own.environment).map((to) => ({ from: element, to }));
}
