import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { LIMITS, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { madeBy, managerOf, Scene } from './scene';
import { until } from './waiting';
import { clusterToken } from '../../lib/kubernetes/function/client/cluster-token';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const invocations = new Invocations();
const { account, config, look, uid } = scene;

/** Runs with changed environment variables, and restores them. */
async function withEnvironment<T>(changed: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const before = Object.fromEntries(Object.keys(changed).map((name) => [name, process.env[name]]));
  Object.assign(process.env, changed);
  return work().finally(() => Object.assign(process.env, before));
}

/** Lets the time of the next event end during a request that has failed before. */
const endDuring = (pattern: RegExp, time = LIMITS.work) => invocations.skipDuring(pattern, 3, time);

describe('access to the cluster', () => {
  test('is denied to a role without an access entry, and the error says so after a while', async () => {
    const environment = await scene.cluster.functionEnvironment({ role: 'stranger', granted: false });
    await expect(withEnvironment(environment, () => new TestStack('One').deploy({ Set: { objects: [account('a')] } })))
      .rejects.toThrow(/^Namespace cdk-irsa, which contains the records of sets: 401 Unauthorized: Unauthorized: the cluster does not accept the role of the function, .* \(tried \d+ times in \d+ s\)$/);
  });

  test('is waited for if the access entry takes a while', async () => {
    const environment = await scene.cluster.functionEnvironment({ role: 'newcomer', granted: false });
    const deploy = withEnvironment(environment, () => new TestStack('One', handlerWithin({ ...LIMITS, access: 600_000 })).deploy({ Set: { objects: [account('a')] } }));
    await invocations.fails(/./, 2);
    await scene.cluster.functionEnvironment({ role: 'newcomer' });
    await deploy;
    expect(await uid(account('a'))).toBeDefined();
  });

  test('is denied to a token for another cluster', async () => {
    await expect(withEnvironment({ CLUSTER_NAME: 'other' }, () => new TestStack('One').deploy({ Set: { objects: [account('a')] } })))
      .rejects.toThrow('401 Unauthorized');
  });

  test('is granted to a token for a minute, and denied afterwards', async () => {
    const ask = async (token: string) => (await scene.cluster.send('GET', '/api/v1/namespaces/default', undefined, undefined, token)).status;
    expect(await ask(await clusterToken('test', process.env.STS_HOST!))).toBe(200);
    jest.useFakeTimers({ now: Date.now() - 61_000, doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
    const old = await clusterToken('test', process.env.STS_HOST!);
    jest.useRealTimers();
    expect(await ask(old)).toBe(401);
  });
});

describe('an API server that fails', () => {
  test('and comes back during the deployment of 300 objects is waited for', async () => {
    const objects = Array.from({ length: 300 }, (_, i) => (i % 2 ? account(`a-${i}`, 'arn:role') : config(`c-${i}`)));
    const stack = new TestStack('One');
    const deploy = stack.deploy({ Set: { objects } });
    await until(async () => Object.keys(await look()).length >= 50);
    await scene.aws.control({ do: 'kill_api_server', name: 'test' });
    await invocations.fails(/./, 20);
    await scene.aws.control({ do: 'start_api_server', name: 'test' });
    await deploy;
    const seen = Object.entries(await look()).filter(([name]) => !name.startsWith('Namespace'));
    expect(seen).toHaveLength(300);
    for (const [, { annotations, managers }] of seen) {
      expect(annotations).toEqual(expect.objectContaining(madeBy(stack.owner('Set'))));
      expect(managers).toEqual([`${managerOf(stack.owner('Set'))} Apply`]);
    }
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('and comes back during a deletion is waited for, because Amazon EKS says that the cluster exists', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a')] } });
    await scene.aws.control({ do: 'kill_api_server', name: 'test' });
    const destroy = stack.destroy();
    await invocations.fails(/./, 2);
    await scene.aws.control({ do: 'start_api_server', name: 'test' });
    await destroy;
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('permanently makes the deployment fail, and the error says how often it was tried', async () => {
    endDuring(/./, LIMITS.all);
    await expect(withEnvironment({ CLUSTER_ENDPOINT: 'https://127.0.0.1:1' }, () => new TestStack('One').deploy({ Set: { objects: [account('a')] } })))
      .rejects.toThrow(/ECONNREFUSED 127\.0\.0\.1:1 \(tried \d+ times in \d+ s\)$/);
  });
});

test('a webhook that is down is waited for, and the error names it', async () => {
  const webhook = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: `down-${scene.namespace}` },
    webhooks: [{
      name: 'down.example.com',
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      clientConfig: { url: 'https://127.0.0.1:1/' },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': scene.namespace } },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }],
    }],
  };
  await scene.cluster.create(webhook);
  const deploy = () => new TestStack('One').deploy({ Set: { objects: [config('a')] } });
  endDuring(/^PATCH .*\/configmaps\/a$/);
  await expect(deploy()).rejects.toThrow(/^ConfigMap \S+\/a: 500 InternalError: failed calling webhook "down\.example\.com": the rest .* \(tried \d+ times in \d+ s\)$/);
  const patient = deploy();
  invocations.failed = [];
  await invocations.fails(/configmaps/);
  await scene.cluster.remove(webhook);
  await patient;
});

test('a namespace that is being deleted is an error that says so after a while', async () => {
  const held = { ...config('held'), metadata: { name: 'held', namespace: scene.namespace, finalizers: ['example.com/held'] } };
  await scene.cluster.create(held);
  await scene.cluster.ask('DELETE', `/api/v1/namespaces/${scene.namespace}`);
  endDuring(/^PATCH .*\/serviceaccounts\/a$/);
  await expect(new TestStack('One').deploy({ Set: { objects: [account('a')] } }))
    .rejects.toThrow(/^ServiceAccount \S+\/a: 403 Forbidden: .*is being terminated.* \(tried \d+ times in \d+ s\)$/);
  await scene.cluster.patch(held, { metadata: { finalizers: null } });
});

describe('a cluster that cannot be reached during a deletion', () => {
  const destroy = async (environment: NodeJS.ProcessEnv) => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a')] } });
    endDuring(/./, LIMITS.all);
    return withEnvironment(environment, () => stack.destroy());
  };
  const eks = async (status: number, body: object) => {
    const server = createServer((_, response) => {
      response.statusCode = status;
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
  };

  test('does not make the deletion fail if Amazon EKS says that it does not exist', async () => {
    const { endpoint, stop } = await eks(404, { __type: 'ResourceNotFoundException' });
    await destroy({ CLUSTER_ENDPOINT: 'https://127.0.0.1:1', EKS_ENDPOINT: endpoint }).finally(stop);
    expect(scene.logged).toContain('cluster test does not exist in Amazon EKS: there is nothing left to delete');
  });

  const WAY_OUT = /or keep the objects: when the stack is in the state DELETE_FAILED, run aws cloudformation delete-stack --stack-name One --retain-resources Set\n/;

  test.each([
    ['Amazon EKS knows the cluster', 'https://cluster.invalid', [200, { cluster: {} }], /^cluster test exists in Amazon EKS, but the function cannot reach its API server/],
    ['Amazon EKS fails', 'https://127.0.0.1:1', [500, {}], /^cannot find out from Amazon EKS whether cluster test exists \(status 500\): /],
    ['the function has no permission to ask Amazon EKS', 'https://cluster.invalid', [403, { __type: 'AccessDeniedException' }],
      /^cannot find out from Amazon EKS whether cluster test exists \(AccessDeniedException\): allow eks:DescribeCluster for the role of the function/],
    ['another server answers instead of Amazon EKS', 'https://cluster.invalid', [404, { message: 'ResourceNotFoundException' }],
      /^cannot find out from Amazon EKS whether cluster test exists \(status 404\): /],
  ] as const)('makes the deletion fail if %s, and the error says what to do', async (_, endpoint, [status, body], reason) => {
    const { endpoint: eksEndpoint, stop } = await eks(status, body);
    const destroyed = destroy({ CLUSTER_ENDPOINT: endpoint, EKS_ENDPOINT: eksEndpoint }).finally(stop);
    const { message } = await destroyed.then(() => { throw new Error('the deletion succeeded'); }, (error: Error) => error);
    expect(message).toMatch(reason);
    expect(message).toMatch(WAY_OUT);
    expect(message).toMatch(/\(tried \d+ times in \d+ s\)$/);
  });

  test('makes the deletion fail if neither Amazon EKS nor the endpoint can be resolved', async () => {
    await expect(destroy({ CLUSTER_ENDPOINT: 'https://cluster.invalid', EKS_ENDPOINT: 'http://eks.invalid' }))
      .rejects.toThrow(/^cannot find out from Amazon EKS whether cluster test exists \((ENOTFOUND|EAI_AGAIN)\): .* interface endpoint for com\.amazonaws\.us-west-2\.eks\); or /);
  });
});
