import { listOf, Resolved, valueAt } from '../../values/resolved';

/** The lists of a spec of pods that have containers. Templates have no ephemeral ones, but values that are read like a template can. */
const LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** The containers of pods, by their spec. */
export const containersOf = (spec: Resolved): Resolved[] => LISTS.flatMap((list) => listOf(valueAt(spec, list)));
