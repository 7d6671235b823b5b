import { verification } from '../../../lib';
import { account, allow, clusterTemplate, job, objects, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const ARN = 'arn:aws:iam::111122223333:role/deploy';
const named = (issuer: string, name = 'deploy') => {
  const own = role({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
    Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'workload-a' } },
  }, allow(LIST));
  return { ...own, Properties: { ...own.Properties, RoleName: name } };
};
const FILE = '/var/run/other/token';
const ELSEWHERE = 'oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const OF_SECRET = { secret: { secretName: 'token' } };
const ofAccount = (path: string) => ({ projected: { sources: [{ serviceAccountToken: { path, audience: 'sts.amazonaws.com' } }] } });
const env = (file: object | string, arn: object | string = ARN) => [['AWS_ROLE_ARN', arn], ['AWS_WEB_IDENTITY_TOKEN_FILE', file]]
  .map(([name, value]) => ({ name, ...(typeof value === 'string' ? { value } : { valueFrom: value }) }));
const pods = (variables: object[], volume: object = OF_SECRET, more: object = {}) => job('work', 'app', {
  volumes: [{ name: 't', ...volume }], containers: [{ name: 'main', env: variables, volumeMounts: [{ name: 't', mountPath: '/var/run/other' }], ...more }],
});
const map = (data: object, namespace = 'default') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws', namespace }, data });
const decisionOf = (Deploy: object, ...documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({ Deploy, Applied: objects(account('app'), ...documents) }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object, object[]]>([
  ['a token from a Secret', named('oidc.example.org'), [pods(env(FILE))]],
  ['a token from a Secret, and the role of the templates', named('oidc.example.org'), [pods(env(FILE, '${Deploy.Arn}'))]],
  ['a token from a Secret, and a role that only the cluster knows', named('oidc.example.org'), [pods(env(FILE, { secretKeyRef: { name: 's', key: 'k' } }))]],
  ['a token from a Secret, and a role that the code names', named('oidc.example.org'), [pods(env(FILE).slice(1))]],
  ['a token from a file that only the cluster knows', named('oidc.example.org'), [pods(env({ secretKeyRef: { name: 's', key: 'k' } }))]],
  ['a token that something else puts there', named('oidc.example.org'), [pods(env('/tmp/token'), { emptyDir: {} })]],
  ['a token beside that of the account', named('oidc.example.org'), [pods(env(FILE), { projected: { sources: [...ofAccount('own').projected.sources, OF_SECRET] } })]],
  ['a token of another cluster', named(ELSEWHERE), [pods(env(FILE))]],
  ['the settings of a ConfigMap', named('oidc.example.org'), [pods([], OF_SECRET, { envFrom: [{ configMapRef: { name: 'aws' } }] }), map({ AWS_ROLE_ARN: ARN, AWS_WEB_IDENTITY_TOKEN_FILE: FILE })]],
])('pods might get a role that trusts another provider with %s', (_, deploy, documents) => {
  const { outcome, missing } = decisionOf(deploy, ...documents);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringMatching(/^pods might get role Deploy, which trusts .+, because of .+: it names a token that is not/)]);
});

test.each<[string, object, object[]]>([
  ['a token from a Secret, and no such variables', named('oidc.example.org'), [pods([])]],
  ['a token for another role', named('oidc.example.org', 'other'), [pods(env(FILE))]],
  ['the token of the account that the webhook mounts', named('oidc.example.org'), [pods(env('/var/run/secrets/eks.amazonaws.com/serviceaccount/token'))]],
  ['the token of the account at another path', named('oidc.example.org'), [pods(env(FILE), ofAccount('token'))]],
  ['the settings of a ConfigMap of another namespace', named('oidc.example.org'), [map({ AWS_ROLE_ARN: ARN, AWS_WEB_IDENTITY_TOKEN_FILE: FILE }, 'other')]],
  ['a token for a role that trusts no provider', role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow(LIST)), [pods(env(FILE, '${Deploy.Arn}'))]],
])('pods get no role of another provider with %s', (_, deploy, documents) => {
  expect(decisionOf(deploy, ...documents).outcome).toBe('DENIED');
});
