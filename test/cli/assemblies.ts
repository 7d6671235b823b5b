import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'cdk-irsa-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a folder that does not exist yet. It is deleted after the tests. */
export const newFolder = (): string => join(mkdtempSync(join(folder, 'new-')), 'folder');

/** Writes files into a new folder. */
export function write(files: { readonly [file: string]: unknown }): string {
  const into = newFolder();
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    writeFileSync(join(into, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return into;
}

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
