import { isNameOfSshKey } from './ssh-names';
import { dashed } from '../../values/dashed';
import { unknownsOf } from '../../values/origins';
import { Resolved } from '../../values/resolved';
import { ParameterOfStack, Unknown } from '../../values/unknown';

/** What the parameters of the stack that a value is made of are called, if this may tell what it is: `GithubToken`. */
export const namesOfParameters = (value: Resolved): string[] => [...unknownsOf(value)].flatMap(nameOfParameter);

export const nameOfParameter = ({ parameter, storedAs }: Unknown): string[] =>
  (parameter && !storedAs?.isId && !isOfKeyPair(parameter) ? [dashed(parameter.name)] : []);

/** Without `NoEcho`, it is the name of a key pair. */
const isOfKeyPair = ({ name, isShown }: ParameterOfStack): boolean => isShown && isNameOfSshKey(dashed(name));
