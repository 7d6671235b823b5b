import { run } from './run';
import { ACTIONS, stagesApp, TWO_ACCOUNTS } from '../verification/stages-app';

const app = stagesApp(TWO_ACCOUNTS);
const CLUSTERS = ['Dev/Stack/Cluster/Cluster', 'Prod/Stack/Cluster/Cluster'];

describe('clusters of one name in two stages', () => {
  test('have rows of their own', () => {
    const { out } = run('access', app);
    expect(out.split('\n').flatMap((line) => /^pods of service account \w+\/(\w+) in cluster (\S+)$/.exec(line)?.slice(1).reverse().join(' ') ?? [])).toEqual([`${CLUSTERS[0]} reader`, `${CLUSTERS[1]} reader`, `${CLUSTERS[1]} admin`]);
    expect(out).not.toContain('UNKNOWN');
  });

  test('are in JSON with what tells them apart', () => {
    const { rows } = JSON.parse(run('access', app, '--format', 'json').out);
    expect(rows.map(({ cluster, name }: any) => `${cluster} ${name}`)).toEqual([
      `${CLUSTERS[0]} reader`, `${CLUSTERS[1]} reader`, `${CLUSTERS[1]} admin`, `${CLUSTERS[0]} nodes`, `${CLUSTERS[1]} nodes`,
    ]);
  });

  test('have answers of their own', () => {
    const { out } = run('access', app, '--can', ACTIONS.Dev, '--assume-no-other-nodes');
    expect(out).toContain(`ALLOWED  pods of service account default/reader in cluster ${CLUSTERS[0]}\n`);
    expect(out).not.toContain(CLUSTERS[1]);
  });

  test('are not compared with each other: those of a new stage are new', () => {
    const { out } = run('access', '--diff', stagesApp({ Dev: TWO_ACCOUNTS.Dev }), app);
    expect(out).toMatch(/^pods of service account default\/reader in cluster Prod\/Stack\/Cluster\/Cluster$/m);
    expect(out).not.toContain(CLUSTERS[0]);
  });
});
