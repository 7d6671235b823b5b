import { ALLOWED, decide, DENIED, Question, reader, shown, UNKNOWN } from './questions';
import { account, allow, association, job, objects, podIdentityTrust, role } from '../../templates';

const READER = reader([allow('sqs:ListQueues')]);
const work = (spec: object, annotations: object = {}) => ({
  ...READER, Work: objects({ ...job('work', 'app'), spec: { template: { metadata: { annotations }, spec: { serviceAccountName: 'app', ...spec } } } }),
});
const withVariable = (name: string, list = 'containers') => work({ [list]: [{ name: 'main', env: [{ name, value: 'x' }] }] });
const ofWork = (resources: object, action: string, question: Partial<Question> = {}) => decide(resources, { action, workload: { kind: 'Job', name: 'work' }, ...question });

test.each([
  ['AWS_ROLE_ARN', withVariable('AWS_ROLE_ARN')],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', withVariable('AWS_WEB_IDENTITY_TOKEN_FILE', 'initContainers')],
  ['eks.amazonaws.com/skip-containers', work({}, { 'eks.amazonaws.com/skip-containers': 'main' })],
])('with %s, it is unknown which credentials SDKs use, but not which the pods can get', (name, resources) => {
  const decision = ofWork(resources, 'sqs:ListQueues');
  expect(shown(decision)).toBe('ALLOWED, by default UNKNOWN');
  expect(decision.missing.join()).toContain(name);
  expect(ofWork(resources, 's3:ListAllMyBuckets').outcome).toBe(DENIED);
});

test('with the label eks.amazonaws.com/skip-pod-identity-webhook, the webhook may leave out the pods', () => {
  const metadata = { labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': 'true' } };
  const resources = { ...READER, Work: objects({ ...job('work', 'app'), spec: { template: { metadata, spec: { serviceAccountName: 'app' } } } }) };
  const decision = ofWork(resources, 'sqs:ListQueues');
  expect(shown(decision)).toBe('ALLOWED, by default UNKNOWN');
  expect(decision.missing.join()).toContain('has the label eks.amazonaws.com/skip-pod-identity-webhook');
});

describe.each(['AWS_EC2_METADATA_DISABLED', 'AWS_EC2_METADATA_SERVICE_ENDPOINT', 'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE'])('with %s', (name) => {
  const Work = objects(job('work', 'app', { hostNetwork: true, containers: [{ name: 'main', env: [{ name, value: 'true' }] }] }));

  test('it is unknown whether SDKs use the credentials of the node, which the pods can get', () => {
    const decision = ofWork({ Account: objects(account('app')), Work }, 'sqs:ListQueues');
    expect(shown(decision)).toBe('ALLOWED, by default UNKNOWN');
    expect(decision.missing.join()).toContain(name);
  });

  test('SDKs use those of the service account', () => {
    expect(shown(ofWork({ ...READER, Work }, 'sqs:ListQueues'))).toBe(ALLOWED);
  });
});

describe('of two objects for a service account', () => {
  const outcome = (...accounts: object[]) => {
    const [First, Second] = accounts.map((one) => objects(one));
    return shown(decide({ ...READER, Objects: First, Second }, { action: 'sqs:ListQueues' }));
  };

  test('it is unknown which annotation the cluster keeps', () => {
    expect([outcome(account('app', 'Reader'), account('app')), outcome(account('app'), account('app', 'Reader'))])
      .toEqual(['ALLOWED, by default UNKNOWN', 'ALLOWED, by default UNKNOWN']);
  });

  test('one annotation in both is known', () => {
    expect(outcome(account('app', 'Reader'), account('app', 'Reader'))).toBe(ALLOWED);
  });

  test('an association is what pods use', () => {
    const Associated = role(podIdentityTrust(), allow('sqs:ListQueues'));
    const resources = { Associated, Association: association('app', 'Associated'), One: objects(account('app', 'Associated')), Two: objects(account('app')) };
    expect(shown(decide(resources, { action: 'sqs:ListQueues' }))).toBe(ALLOWED);
  });
});

const OTHERS = [
  'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'BOTO_CONFIG',
  'AWS_ACCESS_KEY', 'AWS_SECRET_KEY', 'AWS_S3_SECRET_ACCESS_KEY', 'S3_SECRET_KEY', 'S3_ACCESS_KEY', 'MINIO_SECRET_KEY', 'RCLONE_CONFIG_S3_SECRET_ACCESS_KEY',
  'SPARK_HADOOP_FS_S3A_SECRET_KEY', 'SECRET_ACCESS_KEY', 'GF_AWS_default_SECRET_ACCESS_KEY', 'AWS_LOGIN_CACHE_DIRECTORY',
  'N8N_EXTERNAL_STORAGE_S3_ACCESS_SECRET', 'OBJECTSTORE_S3_SECRET', 'PGBACKREST_REPO1_S3_KEY_SECRET', 'AWS_ACCESS_KEY_SECRET', 'AWS_CREDS', 'AWS_CREDENTIALS_JSON',
  'FOG_AWS_SECRET', 'SQS_SECRET_KEY', 'DYNAMODB_SECRET_KEY', 'ROUTE53_SECRET_KEY', 'AMAZON_SECRET_KEY', 'AwsOptions__SecretKey',
];

test.each(OTHERS)('with %s, the pods may have any credentials', (name) => {
  const decision = ofWork(withVariable(name), 's3:ListAllMyBuckets');
  expect(shown(decision)).toBe(UNKNOWN);
  expect(decision.missing.join()).toContain(name);
});

test.each(['AWS_WEBHOOK_SECRET', 'S3_BUCKET', 'DJANGO_SECRET_KEY', 'AWS_REGION', 'SQS_QUEUE_URL', `aws${'_a'.repeat(40)}_secret_keys`])('with %s, the pods have no other ones', (name) => {
  expect(shown(ofWork(withVariable(name), 's3:ListAllMyBuckets'))).toBe(DENIED);
});

const withKey = (key: string, name = 'keys', namespace = 'default') => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: { [key]: 'x' } });
const ofSecret = (volume: object, ...documents: object[]) => ({
  ...work({ containers: [{ name: 'main', volumeMounts: [{ name: 'keys', mountPath: '/etc/keys' }] }], volumes: [{ name: 'keys', ...volume }] }), Secrets: objects(...documents),
});
const variableOf = (key: string) => work({ containers: [{ name: 'main', env: [{ name: 'VALUE', valueFrom: { secretKeyRef: { name: 'keys', key } } }] }] });

const ofBedrock = withVariable('AWS_BEARER_TOKEN_BEDROCK');

test.each<[string, string, string]>([
  ['of Amazon Bedrock', 'bedrock:InvokeModel', UNKNOWN],
  ['of its API for clients of OpenAI', 'bedrock-mantle:CreateInference', UNKNOWN],
  ['of another service', 's3:ListAllMyBuckets', DENIED],
  ['of another service that the role allows', 'sqs:ListQueues', ALLOWED],
])('with a key of Amazon Bedrock, the pods may make requests %s, or not', (_, action, expected) => {
  const decision = ofWork(ofBedrock, action);
  expect([shown(decision), decision.missing.join()]).toEqual([expected, expected === UNKNOWN ? expect.stringContaining('AWS_BEARER_TOKEN_BEDROCK') : '']);
  expect(shown(ofWork(ofBedrock, action, { noOtherCredentials: true }))).toBe(expected === UNKNOWN ? DENIED : expected);
});

const running = (...args: string[]) => work({ containers: [{ name: 'main', args }] });
const mounted = (mountPath: string, volume: object) => work({ containers: [{ name: 'main', volumeMounts: [{ name: 'v', mountPath }] }], volumes: [{ name: 'v', ...volume }] });
const SECRET = { secret: { secretName: 'tool' } };

test.each<[string, object, string | undefined]>([
  ['an option of Hadoop', running('--conf', 'spark.hadoop.fs.s3a.secret.key=x'), 'fs.s3a.secret.key'],
  ['an option of Hadoop for one bucket', running('--conf=spark.hadoop.fs.s3a.bucket.data.access.key=x'), 'fs.s3a.bucket.data.access.key'],
  ['an option of a tool', running('--s3-secret-access-key=x'), 's3-secret-access-key'],
  ['the provider of Hadoop', running('--conf', 'spark.hadoop.fs.s3a.aws.credentials.provider=x'), undefined],
  ['the settings of rclone in a volume', mounted('/config/rclone', SECRET), '/config/rclone'],
  ['the settings of s3cmd in a volume', mounted('/root/.s3cfg', SECRET), '/root/.s3cfg'],
  ['the settings of Boto among the keys of a Secret', mounted('/etc/tool', { secret: { secretName: 'tool', items: [{ key: '.boto', path: 'x' }] } }), '.boto of a Secret'],
  ['other settings in a volume', mounted('/etc/tool', SECRET), undefined],
])('with %s, the pods may have any credentials, or not', (_, resources, what) => {
  const { outcome, missing } = ofWork(resources, 's3:ListAllMyBuckets');
  expect([outcome, missing.join()]).toEqual(what ? [UNKNOWN, expect.stringContaining(what)] : [DENIED, '']);
});

test.each<[string, object, string | undefined]>([
  ['a variable with the access key of a Secret', variableOf('AWS_SECRET_ACCESS_KEY'), 'AWS_SECRET_ACCESS_KEY'],
  ['a variable with another value of a Secret', variableOf('password'), undefined],
  ['a volume with the access key of a Secret', ofSecret({ secret: { secretName: 'keys', items: [{ key: 'aws_access_key_id', path: 'id' }] } }), 'aws_access_key_id'],
  ['a volume with all keys of a Secret of the templates', ofSecret({ secret: { secretName: 'keys' } }, withKey('AWS_SECRET_ACCESS_KEY')), 'AWS_SECRET_ACCESS_KEY'],
  ['a projected volume with all keys of such a Secret', ofSecret({ projected: { sources: [{ secret: { name: 'keys' } }] } }, withKey('AWS_SECRET_ACCESS_KEY')), 'AWS_SECRET_ACCESS_KEY'],
  ['a volume with other keys of such a Secret', ofSecret({ secret: { secretName: 'keys', items: [{ key: 'name', path: 'name' }] } }, withKey('AWS_SECRET_ACCESS_KEY')), undefined],
  ['a volume with another Secret', ofSecret({ secret: { secretName: 'others' } }, withKey('AWS_SECRET_ACCESS_KEY'), withKey('name', 'others')), undefined],
  ['a volume with the Secret of another namespace', ofSecret({ secret: { secretName: 'keys' } }, withKey('AWS_SECRET_ACCESS_KEY', 'keys', 'other')), undefined],
])('with %s, the pods may have any credentials, or not', (_, resources, key) => {
  const { outcome, missing } = ofWork(resources, 's3:ListAllMyBuckets');
  expect([outcome, missing.join()]).toEqual(key ? [UNKNOWN, expect.stringContaining(`Job default/work has ${key} of a Secret`)] : [DENIED, '']);
});

test.each(['AWS_REGION', 'S3_BUCKET', 'SECRET_KEY_BASE', 'AWS_S3_BUCKET_KEY', 'MINIO_ENDPOINT', 'API_ACCESS_KEY'])('the variable %s changes nothing', (name) => {
  expect(shown(ofWork(withVariable(name), 'sqs:ListQueues'))).toBe(ALLOWED);
});

describe('variables of a ConfigMap or a Secret', () => {
  const from = (ref: object, ...others: object[]) => {
    const resources = work({ containers: [{ name: 'main', envFrom: [ref] }] });
    return { ...resources, More: objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'unused', namespace: 'default' } }, ...others) };
  };
  const map = (data: object, kind = 'ConfigMap', namespace = 'default') => ({ apiVersion: 'v1', kind, metadata: { name: 'own', namespace }, ...data });
  const [configMap, secret] = [{ configMapRef: { name: 'own' } }, { secretRef: { name: 'own' } }];

  const filled = (spec: object, name = 'own', namespace = 'default') =>
    ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name, namespace }, spec: { data: [{ secretKey: 'PASSWORD', remoteRef: { key: 'db' } }], ...spec } });

  test.each<[string, object, string]>([
    ['of a Secret that is filled with an access key', from(secret, filled({ data: [{ secretKey: 'AWS_SECRET_ACCESS_KEY', remoteRef: { key: 'db' } }] })), 'AWS_SECRET_ACCESS_KEY'],
    ['of a Secret that is filled with all keys of another one', from(secret, filled({ dataFrom: [{ extract: { key: 'db' } }] })), 'Secret own'],
    ['of a Secret that is filled besides others', from(secret, filled({ target: { creationPolicy: 'Merge' } })), 'Secret own'],
    ['of a Secret that is filled with a template elsewhere', from(secret, filled({ target: { template: { templateFrom: [{ configMap: { name: 'a' } }] } } })), 'Secret own'],
    ['of a Secret that is filled with keys that only the deployment knows', from(secret, filled({ data: [{ secretKey: '${Env}', remoteRef: { key: 'db' } }] })), 'Secret own'],
    ['of another Secret than one that is filled', from(secret, filled({}, 'other')), 'Secret own'],
    ['of a Secret that is filled in another namespace', from(secret, filled({}, 'own', 'other')), 'Secret own'],
    ['of a ConfigMap that the templates do not have', from(configMap), 'ConfigMap own'],
    ['of a Secret that the templates do not have', from(secret), 'Secret own'],
    ['of a Secret with the name of a ConfigMap', from(secret, map({ data: {} })), 'Secret own'],
    ['of a ConfigMap of another namespace', from(configMap, map({ data: {} }, 'ConfigMap', 'other')), 'ConfigMap own'],
    ['with credentials', from(configMap, map({ data: { AWS_ACCESS_KEY_ID: 'x' } })), 'AWS_ACCESS_KEY_ID'],
    ['with credentials in a Secret', from(secret, map({ data: { A: 'eA==' }, stringData: { AWS_ACCESS_KEY_ID: 'x' } }, 'Secret')), 'AWS_ACCESS_KEY_ID'],
    ['with credentials after a prefix', from({ ...configMap, prefix: 'AWS_' }, map({ data: { ACCESS_KEY_ID: 'x' } })), 'AWS_ACCESS_KEY_ID'],
    ['with credentials after another prefix', from({ ...configMap, prefix: 'MY_' }, map({ data: { AWS_ACCESS_KEY_ID: 'x' } })), 'MY_AWS_ACCESS_KEY_ID'],
    ['with names that only the deployment knows', from(configMap, map({ data: { '${Env}': 'x' } })), 'ConfigMap own'],
    ['of something that cannot be read', from({}), 'environment variables'],
    ['with credentials, of two with one name, the first', from(configMap, map({ data: { AWS_ACCESS_KEY_ID: 'x' } }), map({ data: { A: 'x' } })), 'AWS_ACCESS_KEY_ID'],
    ['with credentials, of two with one name, the last', from(configMap, map({ data: { A: 'x' } }), map({ data: { AWS_ACCESS_KEY_ID: 'x' } })), 'AWS_ACCESS_KEY_ID'],
    ['of which one of two with one name has names that only the deployment knows', from(configMap, map({ data: { '${Env}': 'x' } }), map({ data: { A: 'x' } })), 'ConfigMap own'],
    ['of one whose name may be that of another', from(configMap, map({ data: { A: 'x' } }), { ...map({ data: { AWS_PROFILE: 'x' } }), metadata: { name: '${Env}', namespace: 'default' } }), 'AWS_PROFILE'],
    ['of one of which the name is known only at deployment', from(configMap, { ...map({ data: {} }), metadata: { name: '${Env}', namespace: 'default' } }), 'ConfigMap own'],
  ])('%s can be other credentials', (_, resources, missing) => {
    const decision = decide(resources, { action: 's3:ListAllMyBuckets', workload: { kind: 'Job', name: 'work' } }, { Parameters: { Env: { Type: 'String', AllowedPattern: '[A-Za-z]+' } } });
    expect([shown(decision), decision.missing.join()]).toEqual([UNKNOWN, expect.stringContaining(missing)]);
  });

  test('count no longer if pods are assumed to have no other credentials', () => {
    expect(shown(ofWork(from(secret), 's3:ListAllMyBuckets', { noOtherCredentials: true }))).toBe(DENIED);
  });

  test('that name a role change the default', () => {
    expect(shown(ofWork(from(configMap, map({ data: { AWS_ROLE_ARN: 'x' } })), 'sqs:ListQueues'))).toBe('ALLOWED, by default UNKNOWN');
  });

  test.each<[string, object]>([
    ['of a ConfigMap', from(configMap, map({ data: { AWS_REGION: 'x' } }))],
    ['of a ConfigMap without any', from(configMap, map({}))],
    ['of a Secret that is filled with other keys', from(secret, filled({}))],
    ['of a Secret with a name of its own that is filled with other keys', from(secret, filled({ target: { name: 'own', creationPolicy: 'Owner', template: { data: { URL: 'x' } } } }, 'db'))],
    ['of a Secret', from(secret, map({ data: { PASSWORD: 'eA==' } }, 'Secret'))],
    ['of two ConfigMaps with one name', from(configMap, map({ data: { A: 'x' } }), map({ data: { B: 'x' } }))],
    ['with a prefix', from({ ...configMap, prefix: 'MY_' }, map({ data: { AWS_PROFILE: 'x' } }))],
  ])('%s without credentials change nothing', (_, resources) => {
    expect(shown(ofWork(resources, 'sqs:ListQueues'))).toBe(ALLOWED);
    expect(shown(ofWork(resources, 's3:ListAllMyBuckets'))).toBe(DENIED);
  });
});

test.each<[string, object[]]>([
  ['variables', [{ name: 'main', env: ['${Env}'] }]],
  ['a variable', [{ name: 'main', env: [{ name: '${Env}', value: 'x' }] }]],
])('%s of which only the deployment knows the name can be other credentials', (_, containers) => {
  const decision = decide(work({ containers }), { action: 's3:ListAllMyBuckets', workload: { kind: 'Job', name: 'work' } }, { Parameters: { Env: { Type: 'String', AllowedPattern: '[A-Za-z]+' } } });
  expect([shown(decision), decision.missing.join()]).toEqual([UNKNOWN, expect.stringContaining('environment variables')]);
});

describe('with a proxy', () => {
  const HTTP = { name: 'HTTP_PROXY', value: 'http://proxy:3128' };
  const proxied = (...env: object[]) => ({ Work: objects(job('work', 'app', { containers: [{ name: 'first' }, { name: 'main', env }] })) });
  const ASSOCIATED = { Association: association('app', 'Role'), Role: role(podIdentityTrust(), allow('sns:ListTopics')) };
  const ofNode = (...env: object[]) => ({ Account: objects(account('app')), Work: objects(job('work', 'app', { hostNetwork: true, containers: [{ name: 'main', env }] })) });
  const fromMap = (data: object) => ({ Work: objects(job('work', 'app', { containers: [{ name: 'main', envFrom: [{ configMapRef: { name: 'proxy' } }] }] }), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'proxy', namespace: 'default' }, data }) });
  const BY_DEFAULT = 'ALLOWED, by default UNKNOWN';

  test.each<[string, object, string]>([
    ['without exceptions', proxied(HTTP), BY_DEFAULT],
    ['in lower case', proxied({ ...HTTP, name: 'http_proxy' }), BY_DEFAULT],
    ['with a range without the agent as an exception', proxied(HTTP, { name: 'NO_PROXY', value: '169.254.169.0/24' }), BY_DEFAULT],
    ['with the range of link-local addresses as an exception', proxied(HTTP, { name: 'NO_PROXY', value: '169.254.0.0/16' }), ALLOWED],
    ['with another exception', proxied(HTTP, { name: 'NO_PROXY', value: '10.0.0.0/8,169.254.169.254' }), BY_DEFAULT],
    ['with exceptions that only the deployment knows', proxied(HTTP, { name: 'NO_PROXY', valueFrom: {} }), BY_DEFAULT],
    ['of a ConfigMap', fromMap({ HTTP_PROXY: 'http://proxy:3128' }), BY_DEFAULT],
    ['of a ConfigMap, with exceptions', fromMap({ HTTP_PROXY: 'http://proxy:3128', NO_PROXY: '169.254.170.23' }), ALLOWED],
    ['with the agent as an exception', proxied(HTTP, { name: 'NO_PROXY', value: 'localhost, 169.254.170.23' }), ALLOWED],
    ['with its network as an exception', proxied(HTTP, { name: 'no_proxy', value: '169.254.0.0/16' }), ALLOWED],
    ['for HTTPS only', proxied({ ...HTTP, name: 'HTTPS_PROXY' }), ALLOWED],
  ])('%s, SDKs may not reach the EKS Pod Identity agent, or they do', (_, resources, expected) => {
    const decision = ofWork({ ...ASSOCIATED, ...resources }, 'sns:ListTopics');
    expect([shown(decision), decision.missing.join()]).toEqual([expected, expected === ALLOWED ? '' : expect.stringContaining('sets a proxy without 169.254.170.23 in NO_PROXY')]);
  });

  test('SDKs may not reach the instance metadata', () => {
    const decisions = [[HTTP], [HTTP, { name: 'NO_PROXY', value: '169.254.169.254' }]].map((env) => ofWork(ofNode(...env), 'sqs:ListQueues'));
    expect(decisions.map(shown)).toEqual([BY_DEFAULT, ALLOWED]);
  });

  test('SDKs use the role of the annotation', () => {
    expect(shown(ofWork({ ...READER, ...proxied(HTTP), Account: objects(account('app', 'Reader')) }, 'sqs:ListQueues'))).toBe(ALLOWED);
  });
});
