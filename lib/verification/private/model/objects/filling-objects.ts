import { OF_KUBERNETES } from './generators';
import { addTo } from '../../values/add-to';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** The objects from which controllers fill others, by the names that they mention, so that the work to find those of many workloads grows with their number. */
class FillingObjects {
  private readonly byName = new Map<string, KubernetesObject[]>();
  /** Those with texts that only the deployment knows. */
  private readonly open: Array<readonly [KubernetesObject, readonly Text[]]> = [];
  private readonly all: ReadonlyArray<readonly [KubernetesObject, readonly Text[]]>;

  constructor(objects: readonly KubernetesObject[]) {
    this.all = objects.filter(({ group }) => !OF_KUBERNETES.test(group))
      .map((object) => [object, [...(object.name ? [object.name] : []), ...textsIn(object.at('spec'))]]);
    for (const [object, texts] of this.all) {
      new Set(texts.flatMap(({ literal }) => literal ?? [])).forEach((name) => addTo(this.byName, name, object));
      const notKnown = texts.filter(({ literal }) => literal === undefined);
      if (notKnown.length > 0) {
        this.open.push([object, notKnown]);
      }
    }
  }

  /** Those that may be about a name. */
  about(name: Text): KubernetesObject[] {
    const named = name.literal === undefined ? [] : this.byName.get(name.literal) ?? [];
    const others = name.literal === undefined ? this.all : this.open;
    return [...named, ...others.filter(([, texts]) => texts.some((text) => equal(name, text) !== 'no')).map(([object]) => object)];
  }
}

const known = new Interned<FillingObjects>();

/** The objects from which a controller may fill what has one of some names, without an object itself. */
export function fillingObjects(object: KubernetesObject, names: readonly Text[], objects: readonly KubernetesObject[]): KubernetesObject[] {
  const filling = known.of([objects], () => new FillingObjects(objects));
  return [...new Set(names.flatMap((name) => filling.about(name)))].filter((other) => other !== object);
}
