import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** The logical IDs of resources that depend on each other, as CloudFormation would report them; undefined if there are none. */
export function circleIn(stack: Stack): string[] | undefined {
  const resources: { [logicalId: string]: any } = Template.fromStack(stack).toJSON().Resources;
  const done = new Set<string>();
  const search = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) {
      return [...path.slice(path.indexOf(id)), id];
    }
    if (done.has(id)) {
      return undefined;
    }
    for (const target of referencesIn(resources[id]).filter((reference) => reference in resources)) {
      const circle = search(target, [...path, id]);
      if (circle) {
        return circle;
      }
    }
    done.add(id);
    return undefined;
  };
  return Object.keys(resources).map((id) => search(id, [])).find((circle) => circle);
}

/** The logical IDs that a resource, or a part of it, refers to or depends on. */
function referencesIn(value: any): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries<any>(value).flatMap(([key, item]) => {
    switch (key) {
      case 'Ref': return [item];
      case 'DependsOn': return [item].flat();
      case 'Fn::GetAtt': return [[item].flat()[0].split('.')[0]];
      case 'Fn::Sub': return [...substitutedIn(item), ...referencesIn(item)].flat();
      default: return referencesIn(item);
    }
  }).flat();
}

function substitutedIn(argument: string | [string, object]): string[] {
  const [text] = [argument].flat() as [string];
  return [...text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map(([, name]) => name);
}
