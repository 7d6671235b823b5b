import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textsIn } from '../../values/text-parts';

/** What is in the names of what has code, whether a property, a variable, an option or a folder has the name. */
const OF_CODE = /bundle|dags|dockerfile|librar|model|module|notebook|package|plugin/i;

/** The same as a word, because it is in others, such as `decode` and `description`. */
const WORD_OF_CODE = /^(code|dag|function|jar|lib|script|src|workspace)s?(dir|files?|folder|path|ur[il]s?)?$/i;

/** Whether a name says that what has it is code, such as `modelUri`, `DAGS_FOLDER` or `spark.yarn.jars`. */
export const isNameOfCode = (name: string): boolean =>
  OF_CODE.test(name) || name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some((word) => WORD_OF_CODE.test(word));

/** Where containers usually have programs. */
const OF_PROGRAMS = /^\/(app|bin|etc|home|lib64|opt|root|sbin|usr)(\/|$)/;

/** Variables that name code, such as `PYTHONPATH`. */
const NAMING_CODE = /PATH|HOME/i;

const isVariableOfCode = (name: string): boolean => NAMING_CODE.test(name) || isNameOfCode(name);

/** Whether containers may run what is mounted at a path: they usually have code there, or name it as code. */
export function isPathOfCode(mountPath: Text | undefined, containers: readonly Resolved[]): boolean {
  const path = mountPath?.literal;
  return path === undefined || OF_PROGRAMS.test(path) || isNameOfCode(path)
    || containers.flatMap(namingCode).some((text) => text.toString().includes(path));
}

/** Commands that the kubelet runs in a container. @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/ */
const BY_KUBELET = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']];

/** The texts of the commands of a container, and where it runs them. */
export const textsOfCommands = (container: Resolved): Text[] =>
  [...['command', 'args', 'source', 'workingDir'].map((name) => [name]), ...BY_KUBELET.map((path) => [...path, 'exec', 'command'])]
    .flatMap((path) => textsIn(valueAt(container, ...path)));

/** The texts of a container that name what it runs. */
const namingCode = (container: Resolved): Text[] => [
  ...textsOfCommands(container),
  ...listOf(valueAt(container, 'env')).filter((variable) => isVariableOfCode(literalOf(valueAt(variable, 'name')) ?? ''))
    .flatMap((variable) => textsIn(valueAt(variable, 'value'))),
];
