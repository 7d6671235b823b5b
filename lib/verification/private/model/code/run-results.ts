import { BEFORE_SHELL, runsWhatItGets, SHELL } from './shell-commands';

/** A variable that gets what a command returns, in a shell or in PowerShell. */
const RESULT = /(?<![\w-])([A-Za-z_]\w*)(=["']?(\$\(|`)| = \(?(irm|iwr|Invoke-|New-Object)\b)/gi;

const VARIABLE = '["\']?\\$[{(]?(?<variable>[A-Za-z_]\\w*)';

/** How a script runs what a variable has: as an argument of what runs it, or by a pipe. */
const RUNS_VARIABLE = [
  `(\\b([Ee]val|iex|IEX|[Ii]nvoke-[Ee]xpression)|(?<![\\w/-])(?!-)${SHELL}( +-\\w+){0,5}( *<<<)?) +${VARIABLE}`,
  `\\b(echo|printf)( +[-"'%\\w\\\\]{1,20}){0,3} +${VARIABLE}[})]?["']? *\\|\\s*${BEFORE_SHELL}${SHELL}`,
].map((runs) => new RegExp(runs, 'g'));

/** Which commands of a script run what they get, or assign it to a variable that the script runs, as `S=$(curl …); eval "$S"` does. */
export function runningIn(script: string): (command: string) => boolean {
  const variables = new Set(RUNS_VARIABLE.flatMap((runs) => [...script.matchAll(runs)].map(({ groups }) => groups?.variable)));
  return (command) => runsWhatItGets(command)
    || (variables.size > 0 && [...command.matchAll(RESULT)].some(([, variable]) => variables.has(variable)));
}
