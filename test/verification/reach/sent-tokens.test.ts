import { hostsOfCode } from '../../../lib/verification/private/model/pods/fetched-code';
import { fromJson } from '../../../lib/verification/private/values/from-json';

const URL = 'http://app.default.svc/login';

test.each<[string, object, boolean]>([
  ['the address of Vault', { env: [{ name: 'VAULT_ADDR', value: URL }] }, true],
  ['another address', { env: [{ name: 'ORDERS_ADDR', value: URL }] }, false],
  ['a request with the token for AWS STS', { command: ['sh', '-c', `curl -H "Authorization: Bearer $(cat $AWS_WEB_IDENTITY_TOKEN_FILE)" ${URL}`] }, true],
  ['a request with the token for the API server', { command: ['sh', '-c', `T=$(cat /var/run/secrets/kubernetes.io/serviceaccount/token); curl -H "X: $T" ${URL}`] }, true],
  ['a request without a token', { command: ['sh', '-c', `curl ${URL}`] }, false],
  ['another API server', { command: ['sh', '-c', `kubectl --server ${URL} get pods`] }, true],
  ['the API server', { command: ['sh', '-c', 'kubectl get pods'] }, false],
])('%s tells that a container sends a token there, or not', (_, container, expected) =>
  expect(hostsOfCode(fromJson({ containers: [container] })).some(({ literal }) => literal === 'app.default.svc')).toBe(expected));
