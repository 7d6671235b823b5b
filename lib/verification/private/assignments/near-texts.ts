import { addTo } from '../values/add-to';
import { originsOf } from '../values/origins';
import { Text } from '../values/text';
import { generatedIn } from '../values/text-parts';

/** What has an ARN or a name, by the generated names in it, so that a search for those that may be equal to a text looks at few of them. */
export class NearTexts<T extends object> {
  private readonly byOrigin = new Map<string, T[]>();
  private readonly plain: T[] = [];

  constructor(private readonly all: readonly T[], textOf: (one: T) => Text) {
    for (const one of all) {
      const text = textOf(one);
      const names = generatedIn(text).length > 0 ? [...originsOf(text)] : [];
      names.forEach((name) => addTo(this.byOrigin, name, one));
      if (names.length === 0) {
        this.plain.push(one);
      }
    }
  }

  /** Those that may be equal to a text, and some others. A text without a generated name can have one literally. */
  to(text: Text): readonly T[] {
    const names = generatedIn(text);
    return names.length === 0 ? this.all : [...new Set([...[...originsOf(text)].flatMap((name) => this.byOrigin.get(name) ?? []), ...this.plain])];
  }
}
