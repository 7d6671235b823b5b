import { write } from '../files';

/** Writes a cloud assembly with templates, by the name of the stack. */
export const assemblyOf = (templates: { readonly [stackName: string]: unknown }): string => write({
  'manifest.json': {
    version: '36.0.0',
    artifacts: Object.fromEntries(Object.keys(templates).map((name) => [name, {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: `${name}.template.json` },
    }])),
  },
  ...Object.fromEntries(Object.entries(templates).map(([name, template]) => [`${name}.template.json`, template])),
});
