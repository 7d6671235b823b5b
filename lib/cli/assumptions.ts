import { printable } from './printable';
import { AccessAssumptions } from '../verification/access-assumptions';

/** The options of a command that state what the templates do not show. */
export interface AssumptionOptions {
  readonly assumeNoResourcePolicy?: string[];
  readonly assumeChangesNothing?: string[];
  readonly assumeParameter?: string[];
  readonly assumeNoOtherNodes?: boolean;
  readonly assumeNoOtherCredentials?: boolean;
  readonly assumeOidcProvidersExist?: boolean;
  readonly assumeUnreadPartsChangeNothing?: boolean;
}

/** @throws if a parameter has no value, or several. */
export const assumptionsOf = (options: AssumptionOptions): AccessAssumptions => ({
  noResourcePolicy: options.assumeNoResourcePolicy,
  changesNothing: options.assumeChangesNothing,
  noOtherNodes: options.assumeNoOtherNodes,
  noOtherCredentials: options.assumeNoOtherCredentials,
  oidcProvidersExist: options.assumeOidcProvidersExist,
  unreadPartsChangeNothing: options.assumeUnreadPartsChangeNothing,
  parameters: options.assumeParameter && parametersOf(options.assumeParameter),
});

/** Errors do not show values, which may be secret. */
function parametersOf(texts: readonly string[]): { readonly [name: string]: string } {
  const parameters = new Map<string, string>();
  for (const text of texts) {
    const [, name, value] = /^([\w:]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) {
      throw new Error('--assume-parameter must be <name>=<value>, such as Stage=prod');
    }
    if (parameters.has(name)) {
      throw new Error(`--assume-parameter names ${name} twice: give it one value`);
    }
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}

/** The lines of a report about assumptions. */
export const assumedText = (assumed: readonly string[]): string => assumed.map((what) => `Assumed: ${printable(what)}.\n`).join('');
