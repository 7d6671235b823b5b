import { resourceType } from './declarations';
import { GapScope } from '../findings/gap';

/** What a resource of a type can change if its properties are not known. */
export function scopeOfType(type: string): GapScope {
  const service = resourceType(type)?.changesOnly;
  return service === undefined ? 'everything' : { services: [service] };
}
