import { Resolved, ResolvedMap } from '../../values/resolved';

/** Whether the spec of something in an object is one of pods. */
export const isSpecOfPods = (spec: Resolved): boolean => spec instanceof ResolvedMap && spec.get('containers') !== undefined;

/** A value without the templates of pods in it, which are workloads of their own. */
export function withoutTemplates(value: Resolved): Resolved {
  if (Array.isArray(value)) {
    return value.map(withoutTemplates);
  }
  return !(value instanceof ResolvedMap) ? value : new ResolvedMap(value.entries.filter(([{ literal }, inner]) => literal !== 'spec' || !isSpecOfPods(inner))
    .map(([key, inner]) => [key, withoutTemplates(inner)]));
}
