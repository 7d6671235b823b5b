import { contextOf } from './question';
import { AccessAssumptions } from '../verification/access-assumptions';
import { printable } from '../verification/internal/printable';
import { shellWord } from '../verification/internal/shell-word';
import { PodAccess } from '../verification/pod-access';

/** The options of a command that state what the templates do not show. */
export interface AssumptionOptions {
  readonly assumeResourceWithoutPolicy?: string[];
  readonly assumeChangesNothing?: string[];
  readonly assumeParameter?: string[];
  readonly context?: string[];
  readonly assumeNoOtherNodes?: boolean;
  readonly assumeNoOtherCredentials?: boolean;
  readonly assumeOidcProvidersExist?: boolean;
  readonly assumeUnreadPartsChangeNothing?: boolean;
}

const OPTIONS: { readonly [property: string]: string } = {
  assume: '--assume-parameter',
  changesNothing: '--assume-changes-nothing',
  context: '--context',
  resourcesWithoutPolicy: '--assume-resource-without-policy',
};

/**
 * The access with what is assumed.
 *
 * @throws if assumptions do not fit the templates. The message starts with the option, where that of `PodAccess` starts with a property.
 */
export function assumed(access: PodAccess, assumptions: AccessAssumptions): PodAccess {
  try {
    return access.assume(assumptions);
  } catch (error) {
    const { message } = error as Error;
    (error as Error).message = message.replace(/^(\w+)(?:\[\d+\])?(?= )/, (property, name: string) => OPTIONS[name] ?? property);
    throw error;
  }
}

/** A sentence with the option of the command instead of the property of `PodAccess.assume`. */
export const forCommand = (sentence: string): string =>
  sentence.replace(/\bchangesNothing: \[("(?:[^"\\]|\\.)*")\]/g, (_, place: string) => `${OPTIONS.changesNothing} ${shellWord(JSON.parse(place))}`);

/** One of two assemblies that are compared. */
export type ComparedSide = 'old' | 'new';

/**
 * @param side about which the assumptions are; undefined without a comparison.
 * @throws if a parameter has no value, or several, or if a condition key has none.
 */
export const assumptionsOf = (options: AssumptionOptions, side?: ComparedSide): AccessAssumptions => ({
  resourcesWithoutPolicy: options.assumeResourceWithoutPolicy,
  changesNothing: options.assumeChangesNothing,
  noOtherNodes: options.assumeNoOtherNodes,
  noOtherCredentials: options.assumeNoOtherCredentials,
  oidcProvidersExist: options.assumeOidcProvidersExist,
  unreadPartsChangeNothing: options.assumeUnreadPartsChangeNothing,
  context: options.context && contextOf(options.context),
  parameters: options.assumeParameter && parametersOf(options.assumeParameter, side),
});

/** Errors do not show values, which may be secret. */
function parametersOf(texts: readonly string[], side?: ComparedSide): { readonly [name: string]: string } {
  const parameters = new Map<string, string>();
  for (const text of texts) {
    const [, only, name, value] = /^(?:(old|new):(?!:))?((?:[^=]*\/)?[\w:]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) {
      throw new Error('--assume-parameter must be <name>=<value>, such as Stage=prod, or for one template <template>/<name>=<value>');
    }
    if (only !== undefined && side === undefined) {
      throw new Error(`--assume-parameter ${only}:${name} needs --diff: without it, there is one assembly`);
    }
    if (only === undefined || only === side) {
      if (parameters.has(name)) {
        throw new Error(`--assume-parameter names ${name} twice: give it one value`);
      }
      parameters.set(name, value);
    }
  }
  return Object.fromEntries(parameters);
}

/** Whether a parameter is named for one of two assemblies, which must then have it. */
export const isNamedFor = (side: ComparedSide, name: string, { assumeParameter = [] }: AssumptionOptions): boolean =>
  assumeParameter.some((text) => text.startsWith(`${side}:${name}=`));

/** The lines of a report about assumptions. */
export const assumedText = (sentences: readonly string[]): string => sentences.map((what) => `Assumed: ${printable(what)}.\n`).join('');
