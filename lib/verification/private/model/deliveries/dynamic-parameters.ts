import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';

/**
 * The names of parameters that have something of the input; undefined for all of them.
 *
 * @param isPath whether their texts can be paths, whatever their names.
 */
export function inputIn(key: string | undefined, isPath: boolean, value: Resolved): Array<string | undefined> {
  if (value instanceof ResolvedMap) {
    return value.entries.flatMap(([{ literal = '' }, item]) => inputIn(literal.replace(/\.\$$/, ''), isPath || literal.endsWith('.$'), item));
  }
  return Array.isArray(value) ? value.flatMap((item) => inputIn(key, isPath, item)) : value && isOfInput(value, isPath) ? [key] : [];
}

/** Paths, variables and expressions of JSONata. The context has the input of the execution and the items of maps, too. */
function isOfInput({ parts }: Text, isPath: boolean): boolean {
  const written = parts.filter((part) => typeof part === 'string').join('');
  return isPath ? /(^|[^$])\$(?!\$)|\$\$(?!\.)|\$\$\.(Execution(?!\.)|Execution\.Input|Map\b)/.test(written) : /^\{%.*\$/s.test(written);
}
