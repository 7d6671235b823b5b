import { HELP, optionsOf } from '../../bin/options';

test('without options, the run ends by itself', () => {
  expect(optionsOf([])).toEqual({ keep: false, help: false, cdkArgs: [] });
});

test('context values are passed to the CDK CLI, with -c and with --context', () => {
  expect(optionsOf(['-c', 'a=1', '--keep', '--context', 'b=2', '--context=c=3'])).toEqual({ keep: true, help: false, cdkArgs: ['-c', 'a=1', '-c', 'b=2', '-c', 'c=3'] });
});

test.each([[['--kep']], [['keep']], [['--keep=no']], [['-c']], [['--verbose']]])('%j is rejected, and the error shows the available options', (args) => {
  expect(() => optionsOf(args)).toThrow(new RegExp(`${args[0].replace(/^-+|=.*/g, '')}[^]*\n\n${HELP.split('\n')[0]}`));
});
