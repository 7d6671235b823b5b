import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { jobsOf } from '../../replay/jobs';

describe.each([['a real Kubernetes', false], ['a record', true]])('if a cluster is %s', (_, records) => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws({ records });
    await aws.control({ do: 'start_cluster', name: 'test' });
  });
  afterAll(() => aws?.stop());

  test('mount paths in the variables and arguments of a container are replaced with folders of its pod', async () => {
    const container = {
      name: 'main',
      image: 'any',
      command: ['sh', '-c', 'touch "$FILE" && echo "$FILE $OTHER $DEEP $0"'],
      args: ['/data'],
      env: [{ name: 'FILE', value: '/data/file' }, { name: 'OTHER', value: '/database' }, { name: 'DEEP', value: '/data/deep/file' }],
      volumeMounts: [{ name: 'shallow', mountPath: '/data' }, { name: 'deep', mountPath: '/data/deep' }],
    };
    const volumes = [{ name: 'shallow', emptyDir: {} }, { name: 'deep', emptyDir: {} }];
    const run = await (await jobsOf(aws, 'test')).run({
      apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'paths' }, spec: { template: { spec: { restartPolicy: 'Never', containers: [container], volumes } }, backoffLimit: 0 },
    });
    expect(run).toEqual({ succeeded: true, log: expect.stringMatching(/^\/\S+\/shallow\/file \/database \/\S+\/deep\/file \/\S+\/shallow\n$/) });
  });

  test('each pod has a home folder of its own', async () => {
    const jobs = await jobsOf(aws, 'test');
    const homeOf = async (name: string) => (await jobs.run({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'any', command: ['sh', '-c', 'echo "$HOME"'] }] } }, backoffLimit: 0 },
    })).log.trim();
    const homes = [await homeOf('first'), await homeOf('second')];
    expect(homes).toEqual([expect.stringContaining('/local-aws-'), expect.stringContaining('/local-aws-')]);
    expect(homes[0]).not.toBe(homes[1]);
  });
});
