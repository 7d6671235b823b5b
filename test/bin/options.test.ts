import { EXAMPLES } from '../../bin/examples';
import { HELP, optionsOf } from '../../bin/options';

const example = EXAMPLES.irsa;

test('without options, the run ends by itself', () => {
  expect(optionsOf([])).toEqual({ example, keep: false, help: false, cdkArgs: [] });
});

test('context values are passed to the CDK CLI, with -c and with --context', () => {
  expect(optionsOf(['-c', 'a=1', '--keep', '--context', 'b=2', '--context=c=3'])).toEqual({ example, keep: true, help: false, cdkArgs: ['-c', 'a=1', '-c', 'b=2', '-c', 'c=3'] });
});

test('a context value without a key is an error, although the CDK CLI only warns of it', () => {
  expect(() => optionsOf(['-c', 'kubernetesVersion'])).toThrow(new Error(`Option '-c, --context' is "kubernetesVersion", but must be <key>=<value>\n\n${HELP}`));
});

test('another example is selected by its name', () => {
  expect(optionsOf(['--example', 'cluster-autoscaler']).example).toBe(EXAMPLES['cluster-autoscaler']);
});

test.each(['autoscaler', 'constructor', ''])('%j is no example, and the error names the examples', (name) => {
  expect(() => optionsOf(['--example', name])).toThrow(new Error(`Option '--example' is "${name}", but must be irsa or cluster-autoscaler\n\n${HELP}`));
});

test.each([
  [['-c']], [['-c', '--help']], [['--context', '--keep']], [['--example']], [['--example', '--help']],
])('%j lacks a value, and the error says so', (args) => {
  expect(() => optionsOf(args)).toThrow(new RegExp(`^Option '.*${args[0]}.*' requires a value\\n\\n${HELP.split('\n')[0]}`));
});

test('the help lists the context keys', () => {
  expect(HELP).toContain(`
  kubernetesVersion   minor version of Kubernetes, from 1.32 to 1.36; default: 1.36
  adminPrincipalArn   ARN of an IAM role or user to make an administrator of the cluster; default: none
  allowPodImdsAccess  true or false: whether pods can use the credentials of their node; default: false
`);
});

test.each([[['--kep']], [['keep']], [['--keep=no']], [['--verbose']]])('%j is rejected, and the error shows the available options', (args) => {
  expect(() => optionsOf(args)).toThrow(new RegExp(`${args[0].replace(/^-+|=.*/g, '')}[^]*\n\n${HELP.split('\n')[0]}`));
});
