import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';

/** The namespace of the chart itself, in a template. */
const OWN = /namespace["']?\s*[=:]\s*["']?\{\{-?\s*\.Release\.Namespace\s*-?\}\}/gi;

/**
 * The account of a controller, which is in the namespace of the controller.
 *
 * @see https://docs.github.com/en/actions/how-tos/manage-runners/use-actions-runner-controller/deploy-runner-scale-sets
 */
const OF_CONTROLLERS = /^controllerServiceAccount$/;

/** Whether the values of a chart mention a namespace, in which it may then have something, too. */
export const mentionsNamespace = (value: Resolved): boolean => (value instanceof ResolvedMap
  ? value.entries.filter(([{ literal = '' }]) => !OF_CONTROLLERS.test(literal)).some(([{ literal = '' }, inner]) => /namespace/i.test(literal) || mentionsNamespace(inner))
  : Array.isArray(value) ? value.some(mentionsNamespace) : value instanceof Text && /namespace/i.test(value.toString().replace(OWN, '')));
