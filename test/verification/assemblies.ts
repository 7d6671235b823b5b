import { write } from '../files';

/** A stack of a cloud assembly: its environment, such as `aws://111111111111/eu-west-1`, and its template. */
interface StackOf { readonly environment: string; readonly template: object }

/** Writes a cloud assembly with stacks in several accounts and Regions. */
export const writeAssembly = (stacks: { readonly [stackName: string]: StackOf }): string => write({
  'manifest.json': {
    version: '36.0.0',
    artifacts: Object.fromEntries(Object.entries(stacks).map(([name, { environment }]) =>
      [name, { type: 'aws:cloudformation:stack', environment, properties: { templateFile: `${name}.template.json` } }])),
  },
  ...Object.fromEntries(Object.entries(stacks).map(([name, { template }]) => [`${name}.template.json`, template])),
});
