import { ApiRequest, ApiServer, ApiServerOptions, Connections } from '../../../../lib/kubernetes/function/client/api-server';
import { Answer, loopback, selfSigned } from '../loopback';
import { timeLimits } from '../time-limits';

async function serve(answer: Answer, changed: Partial<ApiServerOptions> = {}) {
  const there = await loopback(answer);
  const server = new ApiServer({ ...there.options, ...changed });
  return { ...there, send: (request: Partial<ApiRequest> = {}) => server.send('get of it', { method: 'GET', path: '/x', ...request }) };
}

test('consecutive requests share one connection', async () => {
  const { send, connections } = await serve(() => [201, { a: 1 }]);
  expect(await send()).toEqual({ statusCode: 201, body: { a: 1 } });
  await send();
  expect(connections()).toBe(1);
});

test('requests over connections of their own share only these, with the same certificate authority', async () => {
  const { send, connections } = await serve(() => [201, {}]);
  await send();
  for (const own of [new Connections(), new Connections()]) {
    await send({ connections: own });
    await send({ connections: own });
    own.close();
  }
  await send();
  expect(connections()).toBe(3);
});

test('a DELETE is sent with its body and content length', async () => {
  const { send, arrived } = await serve(() => [200, {}]);
  await send({ method: 'DELETE', query: { a: 'b c' }, body: { ä: 1 } });
  expect(arrived[0]).toMatchObject({ url: '/x?a=b+c', body: '{"ä":1}', headers: { 'authorization': 'Bearer secret', 'content-length': '8', 'content-type': 'application/json' } });
});

test('a refused request is an error with the contents of the Status', async () => {
  const causes = [{ reason: 'FieldManagerConflict', field: '.spec' }];
  const { send } = await serve(() => [409, { kind: 'Status', message: 'no', reason: 'Conflict', details: { causes } }]);
  await expect(send()).rejects.toMatchObject({ name: 'KubernetesError', message: 'get of it failed: 409 Conflict: .spec', statusCode: 409, reason: 'Conflict', causes });
});

test('a refused request is an error even if the response is not JSON', async () => {
  const { send } = await serve(() => [404, '404 page not found\n']);
  await expect(send()).rejects.toMatchObject({ message: 'get of it failed: 404: 404 page not found', statusCode: 404, reason: undefined, causes: [] });
});

test.each<[string, Answer]>([
  ['no response', () => timeLimits.pass()],
  ['half a response', (_, response) => {
    response.write('{', () => timeLimits.pass());
  }],
])('%s within the time limit is an error', async (_, answer) => {
  const { send } = await serve(answer, { timeout: 200 });
  await expect(send()).rejects.toMatchObject({ message: 'get of it failed: no response within 200 ms' });
  expect(timeLimits.given).toEqual([200]);
});

test('a server whose certificate does not belong to the cluster gets no request', async () => {
  const other = await loopback(() => {}, selfSigned());
  const { send, arrived } = await serve(() => [200, {}], { certificateAuthority: other.options.certificateAuthority });
  await expect(send()).rejects.toMatchObject({ message: expect.stringContaining('get of it failed: '), cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
  expect(arrived).toEqual([]);
});
