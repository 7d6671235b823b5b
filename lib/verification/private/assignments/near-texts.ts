import { addTo } from '../values/add-to';
import { originsOf } from '../values/origins';
import { Text } from '../values/text';
import { generatedIn } from '../values/text-parts';

/** What every generated name that is written literally has: random characters at its end. */
const LITERAL_NAME = /-[a-z\d]{8,}/i;

/** What has an ARN or a name, by the generated names in it, so that a search for those that may be equal to a text looks at few of them. */
export class NearTexts<T extends object> {
  private readonly byOrigin = new Map<string, T[]>();
  private readonly others: T[] = [];

  constructor(private readonly all: readonly T[], textOf: (one: T) => Text) {
    for (const one of all) {
      const text = textOf(one);
      if (generatedIn(text).length === 0 || text.parts.some((part) => typeof part === 'string' && LITERAL_NAME.test(part))) {
        this.others.push(one);
      } else {
        originsOf(text).forEach((name) => addTo(this.byOrigin, name, one));
      }
    }
  }

  /** Those that may be equal to a text, and some others. Only generated names tell: most texts have the same Region and account. */
  to(text: Text): readonly T[] {
    const names = generatedIn(text);
    return names.length === 0 ? this.all : [...new Set([...names.flatMap(({ id }) => this.byOrigin.get(id) ?? []), ...this.others])];
  }
}
