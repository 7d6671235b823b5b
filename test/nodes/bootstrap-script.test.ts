import { spawnSync } from 'node:child_process';
import { CfnParameter, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { scriptsOf, userData, userDataFor } from './user-data';
import { IrsaNodegroupOptions, NodeAmiFamily } from '../../lib';
import { hostile, HOSTILE } from '../hostile';

const parameter = Token.asString({ Ref: 'Team' });

test('the variables are after the first line of each script, in single quotes', () => {
  const scripts = scriptsOf(userData({
    preBootstrapCommands: ['date', '#!/bin/sh -e\necho "$TEAM"\n', '#!/usr/bin/env bash'],
    preBootstrapEnvironment: { TEAM: 'data', MOTTO: 'it\'s $5\nor ${nothing}' },
  })!);
  const exported = 'export TEAM=\'data\'\nexport MOTTO=\'it\'\\\'\'s $5\nor ${nothing}\'\n';
  expect(scripts).toEqual([`#!/bin/bash\n${exported}date`, `#!/bin/sh -e\n${exported}echo "$TEAM"\n`, `#!/usr/bin/env bash\n${exported}`]);
});

test('a command that uses its own variables is not changed if the environment contains tokens', () => {
  const command = 'echo "${A:-${B}}" ${unclosed';
  const [script] = scriptsOf(userDataFor({ preBootstrapCommands: [command], preBootstrapEnvironment: { TEAM: parameter } })({ Team: 'data' })!);
  expect(script).toBe(`#!/bin/bash\nexport TEAM='data'\n${command}`);
});

/** A script that prints a variable, which is set between others. */
function printerOf(value: string): (team: string) => string {
  const text = userDataFor((stack) => {
    new CfnParameter(stack, 'Team');
    return { preBootstrapCommands: ['printf %s "$VALUE"'], preBootstrapEnvironment: { BEFORE: parameter, VALUE: value, AFTER: parameter } };
  });
  return (team) => scriptsOf(text({ Team: team })!)[0];
}

/** The output of a shell. */
function printed(shell: string, script: string): string {
  expect(script).not.toContain('{{resolve:');
  const { status, stdout, stderr } = spawnSync(shell, { input: script, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

describe.each(['sh', 'bash'])('a command of %s sees', (shell) => {
  const ofToken = printerOf(parameter);
  const ofBoth = printerOf(`it's {a} \${b} ${parameter} "{`);
  const ofLiteral = printerOf('data');

  test.each(HOSTILE)('the deploy-time value %j unchanged, and nothing else changes', (value) => {
    expect(printed(shell, ofToken(value))).toBe(value);
    expect(printed(shell, ofBoth(value))).toBe(`it's {a} \${b} ${value} "{`);
    expect(printed(shell, ofLiteral(value))).toBe('data');
  });

  test('literals unchanged', () => {
    const literals = HOSTILE.filter((value) => !value.includes('{{resolve:'));
    const [script] = scriptsOf(userData({
      preBootstrapCommands: [`printf '%s\\0' ${literals.map((_, i) => `"$VALUE_${i}"`).join(' ')}`],
      preBootstrapEnvironment: Object.fromEntries(literals.map((value, i) => [`VALUE_${i}`, value])),
    })!);
    expect(printed(shell, script).split('\0')).toEqual([...literals, '']);
  });

  test('any deploy-time value unchanged', () => {
    fc.assert(fc.property(hostile, (value) => printed(shell, ofBoth(value)) === `it's {a} \${b} ${value} "{`), { numRuns: 50 });
  });
});

const IN_ENVIRONMENT = 'the value of a token could inject commands; set it in preBootstrapEnvironment, such as { REGION: Aws.REGION }, and use "$REGION" with the double quotes';
const SHELL_ONLY = 'a script for sh, bash or dash if preBootstrapEnvironment is set: start the other interpreter from such a script, so that it inherits the variables, '
  + 'for example with python3 - <<\'EOF\'';
const NAMED = 'a variable with a name of letters, digits and underscores that does not start with a digit';

test.each<[string, IrsaNodegroupOptions, string]>([
  ['a token in a command', { preBootstrapCommands: ['date', `echo ${parameter}`] }, `preBootstrapCommands[1] must be known when the app is synthesized: ${IN_ENVIRONMENT}`],
  ['a Python script', { preBootstrapCommands: ['#!/usr/bin/python3\nprint(1)'], preBootstrapEnvironment: { A: 'b' } }, `preBootstrapCommands[0] must be ${SHELL_ONLY}`],
  ['a script for another shell', { preBootstrapCommands: ['#!/bin/fish\ndate'], preBootstrapEnvironment: { A: 'b' } }, `preBootstrapCommands[0] must be ${SHELL_ONLY}`],
  ['a script that env runs with another interpreter', { preBootstrapCommands: ['#!/usr/bin/env python3'], preBootstrapEnvironment: { A: 'b' } }, `preBootstrapCommands[0] must be ${SHELL_ONLY}`],
  ['a name with a space', { preBootstrapCommands: ['date'], preBootstrapEnvironment: { 'A=1 B': 'secret' } }, `preBootstrapEnvironment["A=1 B"] must be ${NAMED}`],
  ['a name with a line break', { preBootstrapCommands: ['date'], preBootstrapEnvironment: { 'A\n': 'secret' } }, `preBootstrapEnvironment["A\\n"] must be ${NAMED}`],
  ['a name that starts with a digit', { preBootstrapCommands: ['date'], preBootstrapEnvironment: { '1A': 'secret' } }, `preBootstrapEnvironment.1A must be ${NAMED}`],
  ['a number', { preBootstrapCommands: ['date'], preBootstrapEnvironment: { A: 1 as any } }, 'preBootstrapEnvironment[\'A\'] is 1, but must be a string'],
  ['a dynamic reference', { preBootstrapCommands: ['date'], preBootstrapEnvironment: { A: '{{resolve:ssm:/secret}}' } },
    'preBootstrapEnvironment.A cannot contain a secret or another dynamic reference, because CloudFormation does not escape its value: read the value where it is used'],
  ['variables without commands', { preBootstrapEnvironment: { A: 'secret' } },
    'preBootstrapEnvironment must be omitted without preBootstrapCommands: nothing else uses the variables'],
  ['variables on Bottlerocket', { amiFamily: NodeAmiFamily.BOTTLEROCKET, preBootstrapEnvironment: { A: 'secret' } },
    'preBootstrapEnvironment must be omitted for Bottlerocket: it only applies to preBootstrapCommands, and Bottlerocket has no shell to run them'],
])('fails for %s', (_, options, message) => {
  expect(() => userData(options)).toThrow(new Error(`Stack/Cluster/Nodes: ${message}`));
});
