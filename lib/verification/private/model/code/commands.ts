import { withTextsInBase64 } from './decoded-text';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';

/** Properties of a container with the words of its command, in their order. */
export const OF_COMMAND = ['entrypoint', 'command', 'args'];

/** Properties with environment variables, whose values are no scripts. */
const OF_VARIABLES = /^env/i;

/** The value of a property, whether its name starts with a capital letter, as in resources, or not, as in Kubernetes. */
export const entryOf = (map: ResolvedMap, name: string): Resolved => map.entries.find(([{ literal }]) => literal?.toLowerCase() === name)?.[1];

/** Images that are called like the program that they run, which the words of a command follow. */
const OF_PROGRAM = /(?:^|\/)(aws|curl|eksctl|git|helm|kubectl|wget)(?:-cli)?(?:[:@]|$)/;

/** The program of an image, unless the command names another one. */
function programOf(container: ResolvedMap, [first]: readonly Resolved[]): Text[] {
  const image = entryOf(container, 'image');
  const [, program] = (image instanceof Text && OF_PROGRAM.exec(`${image}`)) || [];
  return program && first instanceof Text && !/^(\/|(ba|z)?sh$)/.test(`${first}`) && `${first}` !== program ? [Text.of(program)] : [];
}

/** What a value may run as a script: each of its texts, and the words of a command as one. */
export const scriptsIn = (value: Resolved): string[] => textsOfScripts(value).map((script) => `${script}`);

/** The same as texts. */
export function textsOfScripts(value: Resolved): Text[] {
  if (value instanceof Text) {
    return withTextsInBase64(value);
  }
  if (!(value instanceof ResolvedMap)) {
    return listOf(value).flatMap(textsOfScripts);
  }
  const command = OF_COMMAND.flatMap((name) => listOf(entryOf(value, name))).filter((word) => word instanceof Text);
  const others = value.entries.filter(([{ literal = '' }, inner]) => !OF_VARIABLES.test(literal)
    && !(OF_COMMAND.includes(literal.toLowerCase()) && listOf(inner).every((word) => word instanceof Text)));
  return [...(command.length > 0 ? [Text.join([...programOf(value, command), ...command], ' ')] : []), ...others.flatMap(([, inner]) => textsOfScripts(inner))];
}
