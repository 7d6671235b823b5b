import { readFileSync } from 'node:fs';

/** The first minor version of aws-cdk-lib that also shows reports of plugins that succeed, as tried with each. */
const SHOWS_ALL = 253;

/** Whether the CDK also shows reports of plugins that succeed. Of a bundled one, the version is not known. */
export function showsAllReports(): boolean {
  try {
    const { version } = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/package.json'), 'utf8'));
    const [major, minor] = version.split('.').map(Number);
    return major > 2 || minor >= SHOWS_ALL;
  } catch {
    return false;
  }
}
