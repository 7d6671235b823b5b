import { CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Whether all resources of a construct depend on those of another one. Known once the app has been prepared. References do not count. */
export function waitsFor(construct: Construct, other: Construct): boolean {
  const [sources, targets] = [resourcesOf(construct), resourcesOf(other)];
  return sources.every((source) => targets.every((target) => isAfter(source, target)));
}

const resourcesOf = (construct: Construct) => construct.node.findAll().filter((each) => CfnResource.isCfnResource(each));

function isAfter(source: CfnResource, target: CfnResource): boolean {
  const [from, to] = [enclosing(source), enclosing(target)];
  const [stack, other] = [from, to].map((resources) => Stack.of(resources.at(-1)!));
  if (stack !== other) {
    return reaches([stack], ({ dependencies }) => dependencies, (each) => each === other);
  }
  const shared = from.filter((resource) => to.includes(resource));
  const ends = new Set(to.filter((resource) => !shared.includes(resource)));
  const starts = from.filter((resource) => !shared.includes(resource));
  return reaches(starts, (resource) => resource.obtainDependencies().filter((each) => CfnResource.isCfnResource(each)), (each) => ends.has(each));
}

/** A resource, and those of the nested stacks that it is in. */
function enclosing(resource: CfnResource): CfnResource[] {
  const { nestedStackResource } = Stack.of(resource);
  return nestedStackResource ? [resource, ...enclosing(nestedStackResource)] : [resource];
}

function reaches<T>(starts: readonly T[], next: (from: T) => readonly T[], isWanted: (each: T) => boolean): boolean {
  const seen = new Set(starts);
  for (const each of seen) { // which grows meanwhile
    if (!starts.includes(each) && isWanted(each)) {
      return true;
    }
    next(each).forEach((another) => seen.add(another));
  }
  return false;
}
