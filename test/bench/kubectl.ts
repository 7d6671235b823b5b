import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { succeed } from '../../local-aws/commands';
import { builtOtherTools } from '../../local-aws/other-tools';

export interface Kubectl {
  readonly path: string;
  readonly version: string;
}

/** The kubectl in the environment variable KUBECTL, the one that `npm run other-tools` has built, or the one in PATH. */
export async function findKubectl(): Promise<Kubectl | undefined> {
  const inPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'kubectl')).find(existsSync);
  const path = process.env.KUBECTL ?? builtOtherTools()?.kubectl ?? inPath;
  if (path === undefined) {
    return undefined;
  }
  const { clientVersion } = JSON.parse(await succeed(path, ['version', '--client', '--output', 'json']));
  return { path, version: clientVersion.gitVersion };
}
