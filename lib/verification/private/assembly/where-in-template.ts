import { placeIn, Template } from './template';
import { AccessPlace } from '../../access-reason';

/** Finds the places of values in templates, by identity, because values are resolved without their places. */
export class WhereInTemplate {
  private readonly places = new Map<Template, Map<unknown, AccessPlace>>();

  /** Undefined unless the value is an object within a resource of the template. */
  of(template: Template, value: unknown): AccessPlace | undefined {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    const places = this.places.get(template) ?? placesIn(template);
    this.places.set(template, places);
    return places.get(value);
  }
}

function placesIn(template: Template): Map<unknown, AccessPlace> {
  const places = new Map<unknown, AccessPlace>();
  for (const [logicalId, resource] of Object.entries(template.body.Resources)) {
    const rest: Array<[path: string, value: unknown]> = [['', resource]];
    for (let next = rest.pop(); next; next = rest.pop()) {
      const [path, value] = next;
      if (typeof value !== 'object' || value === null) {
        continue;
      }
      places.set(value, placeIn(template, logicalId, path));
      for (const [key, item] of Object.entries(value)) {
        rest.push([Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`, item]);
      }
    }
  }
  return places;
}
