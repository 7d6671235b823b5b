import { addTo } from '../values/add-to';
import { originsOf } from '../values/origins';
import { splitText } from '../values/split';
import { Text } from '../values/text';
import { generatedIn } from '../values/text-parts';

/** What every generated name that is written literally has: random characters at its end. */
const LITERAL_NAME = /-[a-z\d]{8,}/i;

/** What has an ARN or a name, by what is in it, so that a search for those that may be equal to a text, or its versions, looks at few of them. */
export class NearTexts<T extends object> {
  private readonly byService = new Map<string, NearNames<T>>();

  constructor(all: readonly T[], textOf: (one: T) => Text) {
    for (const one of all) {
      const text = textOf(one);
      const service = serviceOf(text) ?? ANY_SERVICE;
      const names = this.byService.get(service) ?? new NearNames();
      this.byService.set(service, names);
      names.add(one, text);
    }
  }

  /** Those that may be equal to a text, or that may be a version of it or have it as one, and some others. */
  to(text: Text): readonly T[] {
    const service = serviceOf(text);
    const services = service === undefined ? this.byService.keys() : [service, ANY_SERVICE];
    return [...new Set([...services].flatMap((name) => this.byService.get(name)?.to(text) ?? []))];
  }
}

const ANY_SERVICE = '';

/** Those of one service, by their names. Regions and accounts do not tell: most texts have the same. */
class NearNames<T extends object> {
  private readonly all: T[] = [];
  private readonly byOrigin = new Map<string, T[]>();
  private readonly byName = new Map<string, T[]>();
  /** Those with a generated name, and those with a literal one that may be generated. */
  private readonly generated: T[] = [];
  private readonly likeGenerated: T[] = [];
  private readonly others: T[] = [];

  add(one: T, text: Text): void {
    this.all.push(one);
    const [isGenerated, isLikeGenerated, name] = [generatedIn(text).length > 0, mayBeGenerated(text), nameIn(text)];
    if (isGenerated && !isLikeGenerated) {
      this.generated.push(one);
      originsOf(text).forEach((origin) => addTo(this.byOrigin, origin, one));
    } else if (!isGenerated && name !== undefined) {
      addTo(this.byName, name, one);
      this.likeGenerated.push(...(isLikeGenerated ? [one] : []));
    } else {
      this.others.push(one);
    }
  }

  to(text: Text): readonly T[] {
    const names = generatedIn(text);
    if (names.length > 0) {
      return [...names.flatMap(({ id }) => this.byOrigin.get(id) ?? []), ...this.likeGenerated, ...this.others];
    }
    const name = nameIn(text);
    return name === undefined ? this.all : [...this.byName.get(name) ?? [], ...(mayBeGenerated(text) ? this.generated : []), ...this.others];
  }
}

const mayBeGenerated = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && LITERAL_NAME.test(part));

/** The service of an ARN, if it is known. */
const serviceOf = (arn: Text): string | undefined => splitText(arn, ':').known[2]?.literal;

/** The name that a text is, or that is in an ARN, such as that of a queue, or of a function without its version. Undefined if not all of it is known. */
function nameIn(text: Text): string | undefined {
  const { known, isComplete } = splitText(text, ':');
  if (text.literal !== undefined && known.length < 6) {
    return known[0].literal;
  }
  const [first, second] = [known[5], known[6] ?? (isComplete ? Text.of('') : undefined)];
  return first?.literal === undefined || second?.literal === undefined ? undefined : `${first.literal}:${second.literal}`;
}
