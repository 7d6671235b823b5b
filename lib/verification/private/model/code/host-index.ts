import { domainOf, mayBeHost, mayBeLiteral, withWildcards } from './host-names';
import { addTo } from '../../values/add-to';
import { Text } from '../../values/text';

/** What is at hosts, also at those with a wildcard. */
export class HostIndex<T> {
  private readonly known = new Map<string, T[]>();
  private readonly names = new Map<string, Text>();
  /** Those that only the deployment knows, by what they end with. Controllers and load balancers make many, and only few can be a literal. */
  private readonly open = new Map<string, Text[]>();

  add(host: Text, item: T): void {
    if (!this.names.has(host.key)) {
      this.names.set(host.key, host);
      if (mayBeLiteral(host)) {
        addTo(this.open, domainOf(host), host);
      }
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
    const exact = host.literal === undefined ? [] : withWildcards(host.literal).map(Text.of);
    const open = host.literal === undefined ? this.hosts : [...new Set(['', domainOf(host)])].flatMap((domain) => this.open.get(domain) ?? []);
    return [...exact, ...open.filter((known) => mayBeHost(known, host))].flatMap((known) => this.exactlyAt(known));
  }
}
