import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';

const ROOT = join(__dirname, '..');

/** The configuration of ESLint in this project. */
export const config = JSON.parse(readFileSync(join(ROOT, '.eslintrc.json'), 'utf8').replace(/^\/\/.*/gm, ''));

/** ESLint with some rules of this project, but without types, which need the whole program and existing files. */
export function linter(rules: object, resolvers: object = {}): LegacyESLint {
  return new LegacyESLint({
    cwd: ROOT,
    useEslintrc: false,
    baseConfig: {
      ...config,
      parserOptions: { sourceType: 'module' },
      rules,
      settings: { ...config.settings, 'import/resolver': { ...config.settings['import/resolver'], ...resolvers } },
    },
  });
}

export async function messages(eslint: LegacyESLint, file: string, text: string): Promise<string[]> {
  const [{ messages: found }] = await eslint.lintText(text, { filePath: join(ROOT, file) });
  return (found as Linter.LintMessage[]).map(({ message }) => message);
}
