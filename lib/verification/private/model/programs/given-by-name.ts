import { addTo } from '../../values/add-to';
import { Text } from '../../values/text';
import { isReference, textOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** What resources get from others, such as parameters, by the names with which these refer to them. */
export class GivenByName<T> {
  private readonly byKey = new Map<string, T[]>();

  /** @param names none if the templates do not show whom it is for. */
  add(names: readonly Text[], given: readonly T[]): void {
    const keys = new Set(names.length === 0 ? [ANY] : names.map((name) => (name.literal !== undefined || isReference(name) ? name.key : ANY)));
    keys.forEach((key) => given.forEach((one) => addTo(this.byKey, key, one)));
  }

  /** What a resource gets from what refers to it, and from what only the deployment knows whom it is for. */
  of(resource: StackResource): T[] {
    const keys = new Set([resource.ref.key, textOf(resource.property('Name'))?.key ?? ANY, resource.arn?.key ?? ANY, resource.attribute('Arn').key, ANY]);
    return [...keys].flatMap((key) => this.byKey.get(key) ?? []);
  }
}

/** No name. */
const ANY = '*';
