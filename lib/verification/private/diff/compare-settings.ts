import { Change } from './change';
import { Relevance } from './relevance';
import { broadensAccess, ResourceSettings, settingsOf } from './resource-settings';
import { Side } from './side';

/** What changed of the settings of resources, besides their policies, on which it depends what is allowed. */
export function compareSettings(before: Side, after: Side): Array<[string, Change]> {
  const relevance = new Relevance([before, after]);
  const old = new Map(before.model.resources.map((resource) => [resource.arn.key, resource]));
  return after.model.resources.flatMap((resource) => {
    const { type, arn, place } = resource;
    const known = old.get(arn.key);
    return (known ? changesOf(settingsOf(known, relevance), settingsOf(resource, relevance)) : [])
      .map((change): [string, Change] => [`${type} ${place.logicalId}`, { ...change, place }]);
  });
}

const changesOf = (before: ResourceSettings, after: ResourceSettings): Change[] => [...new Set([...before.keys(), ...after.keys()])]
  .map((name) => ({ name, old: before.get(name), now: after.get(name) }))
  .filter(({ old, now }) => old?.key !== now?.key)
  .map(({ name, old, now }) => ({
    kind: 'UNKNOWN',
    what: `has ${name} = ${now ?? 'none'} instead of ${old ?? 'none'}, and what is allowed on it can depend on that`,
    broadens: broadensAccess(name, old, now),
  }));
