import { Token } from 'aws-cdk-lib';
import { stepTo } from '../../../private/completed-text';
import { refusalWithoutValue } from '../../../private/errors';
import { IN_SINGLE_QUOTES } from '../../../private/escapes';
import { NodeText, Tokens } from '../node-text';

interface Environment { readonly [name: string]: string }

/** The first line of a shell script, such as `#!/bin/bash -e` or `#!/usr/bin/env bash`. */
const SHELL = /^#!\s*(\/usr\/bin\/env\s+)?(\/\S*\/)?(ba|da)?sh(\s|$)/;

/** A command as a script that first exports the environment variables. */
export function bootstrapScript(property: string, command: string, environment: Environment, tokens: Tokens): string {
  checkCommand(property, command);
  const script = command.startsWith('#!') ? command : `#!/bin/bash\n${command}`;
  if (Object.keys(environment).length === 0) {
    return script;
  }
  const [, interpreter, commands] = /^([^\n]*)\n?([^]*)$/.exec(script)!;
  if (!SHELL.test(interpreter)) {
    throw refusalWithoutValue(property, 'a script for sh, bash or dash if preBootstrapEnvironment is set',
      'start the other interpreter from such a script, so that it inherits the variables, for example with python3 - <<\'EOF\'');
  }
  return [interpreter, exported(environment, tokens), commands].join('\n');
}

/** Refuses variables without commands, and variables that are invalid in a shell. */
export function checkVariables(environment: Environment, commands: string[]): void {
  if (commands.length === 0) {
    throw refusalWithoutValue('preBootstrapEnvironment', 'omitted without preBootstrapCommands', 'nothing else uses the variables');
  }
  for (const [name, value] of Object.entries(environment)) {
    const property = `preBootstrapEnvironment${stepTo(name)}`;
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      throw refusalWithoutValue(property, 'a variable with a name of letters, digits and underscores that does not start with a digit');
    }
    if (typeof value !== 'string') {
      throw refusalWithoutValue(property, 'a string');
    }
  }
}

/** No value can end the quotes around it, so the shell cannot run it as a command. */
function exported(environment: Environment, tokens: Tokens): string {
  const text = new NodeText(tokens, IN_SINGLE_QUOTES);
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(text.marked(`preBootstrapEnvironment.${name}`, value))}`);
  return Token.asString(text.complete(lines.join('\n')));
}

const quoted = (value: string) => `'${value.replaceAll('\'', '\'\\\'\'')}'`;

function checkCommand(property: string, command: string): void {
  if (Token.isUnresolved(command)) {
    throw refusalWithoutValue(property, 'known when the app is synthesized',
      'the value of a token could inject commands; set it in preBootstrapEnvironment, such as { REGION: Aws.REGION }, and use "$REGION" with the double quotes');
  }
  if (command.trim() === '') {
    throw refusalWithoutValue(property, 'a command that is not empty');
  }
  if (command.includes('{{resolve:')) {
    throw refusalWithoutValue(property, 'without dynamic references',
      'CloudFormation does not resolve them here; read the value in the command with the node role');
  }
}
