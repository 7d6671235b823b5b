import { admin, decisionOf, LIST } from './code-apps';
import { decidesWhatRuns } from '../../../lib/verification/private/model/code/deciding-variables';
import { isDownload, runsWhatItGets } from '../../../lib/verification/private/model/code/shell-commands';
import { hostsOfCode } from '../../../lib/verification/private/model/pods/fetched-code';
import { Text } from '../../../lib/verification/private/values/text';
import { account, accountRole, allow, arnOf, job, objects } from '../templates';

const PARAMETER = allow('ssm:PutParameter', 'arn:aws:ssm:us-west-2:111122223333:parameter/platform/x');
const SECRET = allow('secretsmanager:PutSecretValue', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:platform/x-??????');
const OTHERS = allow(['ssm:PutParameter', 'secretsmanager:PutSecretValue'], ['arn:aws:ssm:us-west-2:111122223333:parameter/app/*', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:app/*']);
const ARN = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:platform/x-AbCdEf';
const TAKEN = '{{resolve:ssm:/platform/x}}';

const running = (service: string, Type: string, Properties: object, more: object = {}) => ({ ...admin(service), It: { Type, Properties }, ...more });
const task = (container: object, more: object = {}) =>
  running('ecs-tasks', 'AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'public', ...container }] }, more);
const batch = (container: object) => running('ecs-tasks', 'AWS::Batch::JobDefinition', { ContainerProperties: { JobRoleArn: arnOf('Admin'), ...container } });
const lambda = (Variables: object) => running('lambda', 'AWS::Lambda::Function', { Role: arnOf('Admin'), Code: { ZipFile: '' }, Environment: { Variables } });
const build = (BuildSpec: unknown, EnvironmentVariables: object[] = []) =>
  running('codebuild', 'AWS::CodeBuild::Project', { ServiceRole: arnOf('Admin'), Source: { Type: 'NO_SOURCE', BuildSpec }, Environment: { EnvironmentVariables } });
const stored = (Name: string, ValueFrom: unknown = '/platform/x') => ({ Secrets: [{ Name, ValueFrom }] });
const ofBuild = (Name: string, Type = 'PARAMETER_STORE', Value: unknown = '/platform/x') => ({ Name, Type, Value });
const commands = (command: string, env = '') => `version: 0.2\n${env}phases:\n  build:\n    commands:\n      - ${command}\n`;
const IN_YAML = 'env:\n  variables:\n    A: b\n  parameter-store:\n    CMD: "/platform/x"\n';
const inJson = (command: string, env: object) => JSON.stringify({ version: '0.2', env, phases: { build: { commands: ['date', command] } } }, undefined, 2);
const Parameter = { Type: 'AWS::SSM::Parameter', Properties: { Name: '/platform/x', Type: 'String', Value: '' } };

const DECIDING: Array<[string, object, object]> = [
  ['the options of Node.js for a task', task(stored('NODE_OPTIONS')), PARAMETER],
  ['the options of Java for a task', task(stored('JAVA_TOOL_OPTIONS', ARN)), SECRET],
  ['the options of Java, by a key of a secret', task(stored('JAVA_TOOL_OPTIONS', `${ARN}:options::`)), SECRET],
  ['the proxy of a task', task(stored('HTTP_PROXY')), PARAMETER],
  ['where a task gets credentials', task(stored('AWS_CONTAINER_CREDENTIALS_FULL_URI')), PARAMETER],
  ['a variable in the template of a task', task({ Environment: [{ Name: 'LD_PRELOAD', Value: TAKEN }] }), PARAMETER],
  ['a variable from a parameter of the templates', task(stored('PYTHONSTARTUP', { Ref: 'Parameter' }), { Parameter }), PARAMETER],
  ['a variable that the command of a task runs', task({ Command: ['sh', '-c', '$CMD'], ...stored('CMD') }), PARAMETER],
  ['a variable that the entry point of a task runs', task({ EntryPoint: ['bash', '-ec'], Command: ['cd /app && ${CMD} --all'], ...stored('CMD') }), PARAMETER],
  ['a variable that a task gets code by', task({ Command: ['sh', '-c', 'curl -s $SOURCE | sh'], ...stored('SOURCE') }), PARAMETER],
  ['the options of Java for a job', batch(stored('_JAVA_OPTIONS')), PARAMETER],
  ['the wrapper of a function', lambda({ AWS_LAMBDA_EXEC_WRAPPER: TAKEN }), PARAMETER],
  ['the start of Bash in a build', build('buildspec.yml', [ofBuild('BASH_ENV')]), PARAMETER],
  ['a secret that a build runs', build(commands('eval "$CMD"'), [ofBuild('CMD', 'SECRETS_MANAGER', 'platform/x:cmd')]), SECRET],
  ['a variable that a build hands to a shell', build(commands('bash -euo pipefail -c "$CMD"'), [ofBuild('CMD')]), PARAMETER],
  ['a variable of a buildspec in YAML', build(commands('$CMD', IN_YAML)), PARAMETER],
  ['a variable of a buildspec in YAML, in one line', build('env: {secrets-manager: {CMD: platform/x:cmd}}\nphases: {build: {commands: ["$CMD"]}}'), SECRET],
  ['a variable of a buildspec in JSON', build(inJson('$CMD', { 'parameter-store': { CMD: '/platform/x' } })), PARAMETER],
  ['a secret of a buildspec in JSON', build(inJson('time $CMD', { 'secrets-manager': { NODE_OPTIONS: 'platform/x' } })), SECRET],
];

test.each(DECIDING)('a pod that may change %s might do what its role may do', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringMatching(/^role Role may request \w+:Put\w+, and so might decide what It does with role Admin$/)]);
});

test.each(DECIDING)('a pod that may change others than %s cannot', (_, resources) => {
  expect(decisionOf(resources, OTHERS).outcome).toBe('DENIED');
});

test.each<[string, object]>([
  ['a password of a task', task(stored('DATABASE_PASSWORD'))],
  ['a password in the template of a task', task({ Environment: [{ Name: 'DATABASE_PASSWORD', Value: TAKEN }] })],
  ['a password of a function', lambda({ DATABASE_PASSWORD: TAKEN })],
  ['a token that the command of a task has as an argument', task({ Command: ['sh', '-c', 'curl -H "Authorization: Bearer $TOKEN" https://example.com; echo $TOKEN'], ...stored('TOKEN') })],
  ['a token among the words of a command', task({ EntryPoint: ['report'], Command: ['--token', '$TOKEN'], ...stored('TOKEN') })],
  ['the password with which a build signs in', build(commands('echo "$PASSWORD" | docker login -u me --password-stdin'), [ofBuild('PASSWORD', 'SECRETS_MANAGER', 'platform/x')])],
  ['the token with which a build installs packages', build(commands('npm config set //registry.npmjs.org/:_authToken=$TOKEN && npm ci'), [ofBuild('TOKEN')])],
  ['the token with which a build clones a repository', build(commands('git clone https://$TOKEN@github.com/acme/app && cd app && make'), [ofBuild('TOKEN')])],
  ['a setting that a build hands to a chart', build(commands('helm upgrade app ./chart --set database.password=$PASSWORD'), [ofBuild('PASSWORD')])],
  ['a variable of a buildspec', build(commands('deploy --stage "$CMD"', IN_YAML))],
  ['a secret of a buildspec in JSON', build(inJson('npm test', { 'variables': { NODE_OPTIONS: '' }, 'secrets-manager': { TOKEN: 'platform/x' } }))],
])('a pod that may change %s cannot', (_, resources) => {
  expect(decisionOf(resources, PARAMETER, SECRET).outcome).toBe('DENIED');
});

const replicated = (arn: string) => task(stored('NODE_OPTIONS', arn), {
  Shared: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'platform/x', ReplicaRegions: [{ Region: 'us-east-1' }] } },
});
const PRIMARY = allow('secretsmanager:PutSecretValue', { Ref: 'Shared' });

test.each<[string, object, string]>([
  ['of the replica', replicated('arn:aws:secretsmanager:us-east-1:111122223333:secret:platform/x-AbCdEf'), 'UNKNOWN'],
  ['of a key of the replica', replicated('arn:aws:secretsmanager:us-east-1:111122223333:secret:platform/x-AbCdEf:options::'), 'UNKNOWN'],
  ['in a Region without a replica', replicated('arn:aws:secretsmanager:eu-west-1:111122223333:secret:platform/x-AbCdEf'), 'DENIED'],
  ['of another secret', replicated('arn:aws:secretsmanager:us-east-1:111122223333:secret:platform/y-AbCdEf'), 'DENIED'],
])('a pod that changes a secret with a replica might decide what a task runs, or not, which takes the ARN %s', (_, resources, outcome) => {
  expect(decisionOf(resources, PRIMARY).outcome).toBe(outcome);
});

const external = (spec: object, namespace = 'default') => ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'settings', namespace }, spec });
const filled = (secretKey: string, key = 'platform/x', more: object = {}) => external({ data: [{ secretKey, remoteRef: { key } }], ...more });
const workload = (container: object, ...documents: object[]) => ({
  Other: accountRole('default:other', allow(LIST)),
  Applied: objects(account('other', 'Other'), job('report', 'other', { containers: [{ name: 'main', image: 'nginx@sha256:1', ...container }] }), ...documents),
});
const ALL = { envFrom: [{ secretRef: { name: 'settings' } }] };
const variable = (name: string, key = 'x') => ({ env: [{ name, valueFrom: { secretKeyRef: { name: 'settings', key } } }] });
const csi = (key: string) => ({
  apiVersion: 'secrets-store.csi.x-k8s.io/v1',
  kind: 'SecretProviderClass',
  metadata: { name: 'files', namespace: 'default' },
  spec: { parameters: { objects: '- objectName: platform/x\\n' }, secretObjects: [{ secretName: 'settings', data: [{ objectName: 'platform/x', key }] }] },
});

test.each<[string, object, string]>([
  ['the options of Node.js', workload(variable('NODE_OPTIONS'), filled('x')), 'UNKNOWN'],
  ['the endpoint of AWS STS', workload(variable('AWS_ENDPOINT_URL_STS'), filled('x')), 'UNKNOWN'],
  ['the options of Node.js, among all keys', workload(ALL, filled('NODE_OPTIONS')), 'UNKNOWN'],
  ['the options of Node.js, among all keys with a prefix', workload({ envFrom: [{ prefix: 'NODE_', ...ALL.envFrom[0] }] }, filled('OPTIONS')), 'UNKNOWN'],
  ['the options of Node.js, by a template', workload(ALL, filled('a', 'platform/x', { target: { template: { data: { NODE_OPTIONS: '{{ .a }}' } } } })), 'UNKNOWN'],
  ['the options of Node.js, of all keys of the secret', workload(variable('NODE_OPTIONS'), external({ dataFrom: [{ extract: { key: 'platform/x' } }] })), 'UNKNOWN'],
  ['the options of Node.js, by the Secrets Store CSI driver', workload(ALL, csi('NODE_OPTIONS')), 'UNKNOWN'],
  ['a command', workload({ command: ['sh', '-c', '$(CMD)'], ...variable('CMD') }, filled('x')), 'UNKNOWN'],
  ['a command in arguments', workload({ command: ['sh', '-c'], args: ['exec $CMD'], ...variable('CMD') }, filled('x')), 'UNKNOWN'],
  ['a command among all keys', workload({ command: ['sh', '-c', 'eval "$CMD"'], ...ALL }, filled('CMD')), 'UNKNOWN'],
  ['the options of Node.js from another secret', workload(variable('NODE_OPTIONS'), filled('x', 'platform/y')), 'DENIED'],
  ['the options of Node.js from another key', workload(variable('NODE_OPTIONS', 'y'), filled('x')), 'DENIED'],
  ['the options of Node.js in another namespace', workload(variable('NODE_OPTIONS'), { ...filled('x'), metadata: { name: 'settings', namespace: 'other' } }), 'DENIED'],
  ['a password', workload(variable('DATABASE_PASSWORD'), filled('x')), 'DENIED'],
  ['a password among all keys', workload(ALL, filled('DATABASE_PASSWORD')), 'DENIED'],
  ['a password by a template', workload(ALL, filled('a', 'platform/x', { target: { template: { data: { DATABASE_URL: '{{ .a }}' } } } })), 'DENIED'],
  ['a password by the Secrets Store CSI driver', workload(ALL, csi('DATABASE_PASSWORD')), 'DENIED'],
  ['an argument', workload({ args: ['--token', '$(TOKEN)', '--url=$(TOKEN)'], ...variable('TOKEN') }, filled('x')), 'DENIED'],
  ['a part of another variable', workload({ env: [...variable('HOST').env, { name: 'DATABASE_URL', value: '$(HOST):5432' }] }, filled('x')), 'DENIED'],
])('a pod that writes the secret might decide what a workload runs, or not, if it gets %s from there', (_, resources, outcome) => {
  expect(decisionOf(resources, SECRET).outcome).toBe(outcome);
});

test.each([
  'if $X; then echo; fi', 'if ! $X; then echo; fi', 'while $X; do date; done', '. $X', 'date & $X', 'NODE_ENV=production $X --all', 'env A=b $X', 'timeout 5 $X', 'nice -n 5 $X',
  'exec tini -- $X', 'gosu app $X', 'sudo -u app $X', 'sudo -E -u app $X', 'xargs -n 1 $X', './$X', '/scripts/$X.sh', '"/scripts/$X.sh" --all', 'java -Xmx1g -Da=b -jar /app/$X', 'docker run --rm $X',
  'docker pull $X', 'npx -y $X', 'uvx $X', 'make $X', 'npm run $X', 'go run $X', 'bash <<< "$X"', 'bash -s <<<"$X"', 'ssh host "$X"', 'trap "$X" EXIT', 'iex $env:X', 'curl $X -o f && sh f',
  'curl -fsSL "$X/tool" -o tool', 'wget $X', 'aws s3 cp $X a.jar && java -jar a.jar', 'aws s3 cp --quiet "s3://$X/a.jar" .', 'python -c "exec($X)"', 'echo $($X)', '["sh", "-c", "$X"]', '[ $X, "-v" ]',
  'a:\n\n  - $X', 'ls -l;sh -x $X', 'sh -x;sh -c "$X"', 'bash -euo pipefail -c "$X"',
])('a variable decides what runs in %s', (script) => {
  expect(decidesWhatRuns('X', [script])).toBe(true);
});

test.each([
  'curl -H "Bearer $X" https://example.com', 'curl -H "Authorization: Bearer $X" -o tool https://example.com/tool', 'curl -u "$X" -o tool https://example.com/tool', 'curl "$X" -o sales.csv',
  'curl -o /dev/null $X', 'psql postgres://app:$X@db', '[ "$X" = prod ]', 'if [[ $X == prod ]]; then date; fi', 'if [ "$X" -eq 1 ]; then date; fi', 'echo $X', 'helm upgrade app ./app --set x=$X', 'print($X)',
  'java -Dpassword=$X -jar app.jar', 'python -u main.py $X', 'node --max=$X app.js', 'deploy --env $X --timeout $X', 'timeout 5 deploy $X', 'sudo -u app deploy $X', 'docker run -e TOKEN=$X app',
  'aws s3 cp app.zip s3://$X/', 'aws s3 cp s3://$X/sales.csv .', 'docker build -t app . $X', 'echo 1 >&$X', 'A=b deploy $X', 'npm run deploy -- --stage $X', 'ssh deploy@$X uptime',
])('a variable is data in %s', (script) => {
  expect(decidesWhatRuns('X', [script])).toBe(false);
});

test.each([
  'RUBYOPT', 'MAVEN_OPTS', 'JAVA_OPTS_APPEND', 'JAVA_ARGS', 'SPARK_NODE_EXTRA_FLAGS', 'PYSPARK_SUBMIT_ARGS', 'GUNICORN_CMD_ARGS', 'GOFLAGS', 'GEM_PATH', 'GEM_HOME', 'LUA_CPATH', 'LUA_INIT', 'LOADER_PATH', 'PHPRC',
  'PHP_INI_SCAN_DIR', 'PYTHONUSERBASE', 'PIP_FIND_LINKS', 'PIP_CONFIG_FILE', 'BUNDLE_GEMFILE', 'GIT_CONFIG_VALUE_0', 'SPRING_CONFIG_IMPORT', 'ASPNETCORE_HOSTINGSTARTUPASSEMBLIES',
  'DOTNET_ADDITIONAL_DEPS', 'INIT_SCRIPT', 'startScript', 'MODEL_BUCKET', 'PLUGIN_JAR', 'MODEL_S3',
])('the variable %s decides what runs by its name', (name) => {
  expect(decidesWhatRuns(name, [])).toBe(true);
});

test.each(['TRANSCRIPT', 'CALL_TRANSCRIPT', 'ADOPT', 'ADOPTION', 'DATA_BUCKET', 'REPORT_S3', 'SEARCH_ARGS', 'FEATURE_FLAGS', 'DATABASE_URL', 'API_TOKEN'])('the variable %s is data', (name) => {
  expect(decidesWhatRuns(name, [])).toBe(false);
});

/** With twice as much time, a text of twice the size is read. Where time grows with the square, this takes minutes, on any machine. */
const SIZE = 100_000;

test.each([
  'a/', 'sh/', '\n', '\r', '\u2028', '\t', 'a', 'env', 'server', 'registry', ' ', '"', '\\"', '[', '[ ', '(', '{ ', '${', 'a@${', '|', '| ', '|sh ', '&', ',', ',"', '.', 'a.', '- ', '\n- ', 'a=b ', 'do=', 'do ', '\na=b ', 'sh ', 'sh -', 'sh -a ', 'sh -/', '-sh ', 'sudo ', 'sudo -u u ',
  'sudo -E ', 'ssh h ', 'env a=', 'env a=b ', '1=a ', 'xargs 1 ', 'git ', 'go ', 'kubectl ', 'helm ', 'docker ', 'curl ', 'curl -o ', 'curl -', 'wget ', 'wget -O -', 'aws s3 cp ', 'aws s3 cp -a ', ' -H', ' --data', 'eval', 'eval(', 'run', '://', '://a',
  'a:', 'JAVA_', 'NPM_', '<<<', 'sh <<<', '$X ', '$X -',
])('scripts and names of variables that repeat %j are read at once', (part) => {
  const repeated = part.repeat(SIZE / part.length);
  for (const script of [repeated, `[${repeated}`, `sh ${repeated}`, `curl -o ${repeated}`, `a.jar aws s3 cp ${repeated}`, `gitlab-runner register ${repeated}`]) {
    decidesWhatRuns('ZZ', [`${script} ZZ`]);
    decidesWhatRuns(script, []);
    isDownload(script);
    runsWhatItGets(script);
    hostsOfCode(Text.of(`${script}/`));
  }
});
