import { setTimeout } from 'node:timers/promises';
import { changeStack } from './change-sets';
import { arnOf, ROLE } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

/** A cluster with a service account, and the role that the webhook gives to a pod of this account. */
interface Accounts {
  annotate(account: string, role: string): Promise<void>;
  roleOf(account: string): Promise<string | undefined>;
}

/** Asks with a Pod that is never created. */
async function ofKubernetes(aws: LocalAws): Promise<Accounts> {
  const cluster = await aws.startCluster('test');
  return {
    annotate: async (name, role) => {
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default', annotations: { [ROLE]: arnOf(role) } } };
      expect((await cluster.applyAs('test', account)).status).toBeLessThan(300);
    },
    roleOf: async (serviceAccountName) => {
      const { spec: { containers: [{ env = [] }] } } = await cluster.ask('POST', '/api/v1/namespaces/default/pods?dryRun=All', {
        apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any' }, spec: { serviceAccountName, containers: [{ name: 'main', image: 'any' }] },
      });
      return env.find(({ name }: any) => name === 'AWS_ROLE_ARN')?.value;
    },
  };
}

async function ofRecords(aws: LocalAws): Promise<Accounts> {
  await aws.control({ do: 'start_cluster', name: 'test' });
  const stacks = new Set<string>();
  let changes = 0;
  return {
    annotate: async (name, role) => {
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, annotations: { [ROLE]: arnOf(role) } } };
      const type = stacks.has(name) ? 'UPDATE' : 'CREATE';
      stacks.add(name);
      await changeStack(aws, name, {
        Resources: { Objects: { Type: 'Custom::KubernetesObjects', Properties: { ServiceToken: 'any', Cluster: 'cluster/test', Objects: [JSON.stringify(account)] } } },
      }, { type, name: `change-${++changes}` });
    },
    roleOf: async (serviceAccountName) => {
      const containers = [{ name: 'main', image: 'any', command: ['sh', '-c', 'echo "$AWS_ROLE_ARN"'] }];
      const { log } = await aws.control({
        do: 'run_job', cluster: 'test', job: { kind: 'Job', metadata: { name: 'ask' }, spec: { template: { spec: { serviceAccountName, containers } } } },
      });
      return log.trim() || undefined;
    },
  };
}

// in seconds; longer than the changes take, which are stacks for a record
describe.each([['a real Kubernetes', false, ofKubernetes, 4], ['a record', true, ofRecords, 30]])('if a cluster is %s, its webhook for pods', (_, records, accountsOf, DELAY) => {
  let aws: LocalAws;
  let accounts: Accounts;
  beforeAll(async () => {
    aws = await startLocalAws({ records });
    accounts = await accountsOf(aws);
  });
  afterAll(() => aws?.stop());

  const delay = (seconds: number) => aws.control({ do: 'delay_webhook', cluster: 'test', seconds });

  /** Waits until a pod of the account gets the role, and returns the time since `start` in seconds. */
  async function since(start: number, account: string, role: string): Promise<number> {
    while (await accounts.roleOf(account) !== arnOf(role)) {
      expect(Date.now() - start).toBeLessThan(60_000);
      await setTimeout(100);
    }
    return (Date.now() - start) / 1000;
  }

  test('sees an account at once', async () => {
    await accounts.annotate('one', 'first');
    expect(await accounts.roleOf('one')).toBe(arnOf('first'));
  });

  test('with a delay, sees a new account, and a new role of an account, only later', async () => {
    await delay(DELAY);
    const start = Date.now();
    await accounts.annotate('one', 'second');
    await accounts.annotate('two', 'first');
    expect([await accounts.roleOf('one'), await accounts.roleOf('two')]).toEqual([arnOf('first'), undefined]);
    expect(await since(start, 'one', 'second')).toBeGreaterThan(DELAY);
    expect(await since(start, 'two', 'first')).toBeGreaterThan(DELAY);
  });

  test('changes no pod while it is disabled', async () => {
    await aws.control({ do: 'disable_webhook', cluster: 'test' });
    expect(await accounts.roleOf('one')).toBeUndefined();
    await delay(0);
    expect(await accounts.roleOf('one')).toBe(arnOf('second'));
  });
});
