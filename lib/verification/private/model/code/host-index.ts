import { endOf, LONGEST, mayBeHost, mayBeLiteral, returnedIn, withWildcards } from './host-names';
import { addTo } from '../../values/add-to';
import { Text } from '../../values/text';

/** What is at hosts, also at those with a wildcard. */
export class HostIndex<T> {
  private readonly known = new Map<string, T[]>();
  private readonly names = new Map<string, Text>();
  /** By what resources of the templates return in them. Controllers and load balancers make many, and each is only equal to itself. */
  private readonly byReturned = new Map<string, HostsByEnd>();

  add(host: Text, item: T): void {
    if (!this.names.has(host.key)) {
      this.names.set(host.key, host);
      const returned = returnedIn(host);
      const hosts = this.byReturned.get(returned) ?? new HostsByEnd();
      this.byReturned.set(returned, hosts);
      hosts.add(host);
    }
    addTo(this.known, host.key, item);
  }

  get isEmpty(): boolean {
    return this.names.size === 0;
  }

  get hosts(): Text[] {
    return [...this.names.values()];
  }

  /** What is at a host that is written in the same way. */
  exactlyAt({ key }: Text): readonly T[] {
    return this.known.get(key) ?? [];
  }

  /** What may be at a host. Most hosts are literals, and are found by their names. */
  at(host: Text): T[] {
    const { literal } = host;
    const exact = literal === undefined ? [] : withWildcards(literal).map(Text.of);
    const hosts = this.byReturned.get(returnedIn(host));
    const open = (literal === undefined ? hosts?.like(host) : hosts?.endingLike(literal).filter(mayBeLiteral)) ?? [];
    return [...exact, ...open.filter((known) => mayBeHost(known, host))].flatMap((known) => this.exactlyAt(known));
  }
}

/** Hosts by what they certainly end with. Two can only be equal if the one end is the end of the other. */
class HostsByEnd {
  private readonly byEnd = new Map<string, Text[]>();
  /** The ends, from their last character, in order. Made when something asks for them. */
  private sorted?: string[];

  add(host: Text): void {
    addTo(this.byEnd, endOf(host), host);
    this.sorted = undefined;
  }

  /** Those of which the end is also that of a text. */
  endingLike(text: string): Text[] {
    const end = text.slice(-LONGEST);
    return Array.from({ length: end.length + 1 }, (_, i) => this.byEnd.get(end.slice(i)) ?? []).flat();
  }

  /** Those that may be equal to a host. */
  like(host: Text): Text[] {
    const end = endOf(host);
    return [...this.endingLike(end), ...this.longerThan(end)];
  }

  /** Those with a longer end, which ends in the same way. */
  private longerThan(end: string): Text[] {
    this.sorted ??= [...this.byEnd.keys()].map(reversed).sort();
    const start = reversed(end);
    const found: Text[] = [];
    for (let i = firstFrom(this.sorted, start); i < this.sorted.length && this.sorted[i].startsWith(start); i++) {
      found.push(...(this.sorted[i] === start ? [] : this.byEnd.get(reversed(this.sorted[i])) ?? []));
    }
    return found;
  }
}

const reversed = (text: string): string => Array.from({ length: text.length }, (_, i) => text[text.length - 1 - i]).join('');

/** Where the first of some texts in order is that is not before another one. */
function firstFrom(texts: readonly string[], text: string): number {
  let [low, high] = [0, texts.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = texts[middle] < text ? [middle + 1, high] : [low, middle];
  }
  return low;
}
