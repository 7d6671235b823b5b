import { write } from '../files';

/** A stack of a cloud assembly: its environment, such as `aws://111111111111/eu-west-1`, its template, and more that the manifest says about it. */
interface StackOf { readonly environment: string; readonly template: object; readonly properties?: object }

/** Writes a cloud assembly with stacks in several accounts and Regions. */
export const writeAssembly = (stacks: { readonly [stackName: string]: StackOf }): string => write({
  'manifest.json': {
    version: '36.0.0',
    artifacts: Object.fromEntries(Object.entries(stacks).map(([name, { environment, properties }]) =>
      [name, { type: 'aws:cloudformation:stack', environment, properties: { templateFile: `${name}.template.json`, ...properties } }])),
  },
  ...Object.fromEntries(Object.entries(stacks).map(([name, { template }]) => [`${name}.template.json`, template])),
});
