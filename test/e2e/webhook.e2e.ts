import { changeStack } from './change-sets';
import { associate, makeRole } from './pod-identities';
import { arnOf, ROLE } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

/** The service accounts of a cluster. */
interface Accounts {
  annotate(account: string, role: string): Promise<void>;
  /** What the webhook gives to a pod of an account. */
  variablesOf(account: string): Promise<{ [name: string]: string }>;
}

const VARIABLES = ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', 'AWS_REGION',
  'AWS_DEFAULT_REGION', 'AWS_STS_REGIONAL_ENDPOINTS'];

/** Asks with a Pod that is never created. */
async function ofKubernetes(aws: LocalAws): Promise<Accounts> {
  const cluster = await aws.startCluster('test');
  return {
    annotate: async (name, role) => {
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default', annotations: { [ROLE]: arnOf(role) } } };
      expect((await cluster.applyAs('test', account)).status).toBeLessThan(300);
    },
    variablesOf: async (serviceAccountName) => {
      const { spec: { containers: [{ env = [] }] } } = await cluster.ask('POST', '/api/v1/namespaces/default/pods?dryRun=All', {
        apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any' }, spec: { serviceAccountName, containers: [{ name: 'main', image: 'any' }] },
      });
      return Object.fromEntries(env.map(({ name, value }: any) => [name, value]));
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
    variablesOf: async (serviceAccountName) => {
      const containers = [{ name: 'main', image: 'any', command: ['env'] }];
      const { log } = await aws.control({
        do: 'run_job', cluster: 'test', job: { kind: 'Job', metadata: { name: 'ask' }, spec: { template: { spec: { serviceAccountName, containers } } } },
      });
      return Object.fromEntries(log.split('\n').map((line: string) => line.split(/=(.*)/)).filter(([name]: string[]) => VARIABLES.includes(name)));
    },
  };
}

const REGION = { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-2', AWS_STS_REGIONAL_ENDPOINTS: 'regional' };
const BY_ASSOCIATION = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1\/credentials$/),
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: expect.stringMatching(/\/eks-pod-identity-token$/),
  ...REGION,
};

describe.each([['a real Kubernetes', false, ofKubernetes], ['a record', true, ofRecords]])('if a cluster is %s, its webhook for pods', (_, records, accountsOf) => {
  let aws: LocalAws;
  let accounts: Accounts;
  beforeAll(async () => {
    aws = await startLocalAws({ records });
    accounts = await accountsOf(aws);
  });
  afterAll(() => aws?.stop());

  const roleOf = async (account: string) => (await accounts.variablesOf(account)).AWS_ROLE_ARN;
  const ask = (what: 'hold' | 'disable' | 'release') => aws.control({ do: `${what}_webhook`, cluster: 'test' });

  test('sees an account at once', async () => {
    await accounts.annotate('one', 'first');
    expect(await roleOf('one')).toBe(arnOf('first'));
  });

  test('gives a pod a token of its own for the role in the annotation', async () => {
    expect(await accounts.variablesOf('one')).toEqual({
      AWS_ROLE_ARN: arnOf('first'), AWS_WEB_IDENTITY_TOKEN_FILE: expect.stringMatching(/\/token$/), ...REGION,
    });
  });

  test('sees a new account, and a new role of an account, only when it is no longer held', async () => {
    await ask('hold');
    await accounts.annotate('one', 'second');
    await accounts.annotate('two', 'first');
    expect([await roleOf('one'), await roleOf('two')]).toEqual([arnOf('first'), undefined]);
    await ask('release');
    expect([await roleOf('one'), await roleOf('two')]).toEqual([arnOf('second'), arnOf('first')]);
  });

  test('changes no pod while it is disabled', async () => {
    await ask('disable');
    expect(await roleOf('one')).toBeUndefined();
    await ask('release');
    expect(await roleOf('one')).toBe(arnOf('second'));
  });

  test('gives a pod only a token for EKS Pod Identity if its account has an association, too', async () => {
    await makeRole(aws, 'associated');
    await accounts.annotate('three', 'first');
    await associate(aws, 'test', 'three', 'associated');
    expect(await accounts.variablesOf('three')).toEqual(BY_ASSOCIATION);
  });

  test('sees an association only when it is no longer held', async () => {
    await ask('hold');
    const id = await associate(aws, 'test', 'one', 'associated');
    expect(await roleOf('one')).toBe(arnOf('second'));
    await ask('release');
    expect(await accounts.variablesOf('one')).toEqual(BY_ASSOCIATION);
    await aws.ask('eks', 'delete-pod-identity-association', '--cluster-name', 'test', '--association-id', id);
    expect(await roleOf('one')).toBe(arnOf('second'));
  });
});
