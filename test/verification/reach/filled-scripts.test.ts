import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const IMAGE = `app@sha256:${'a'.repeat(64)}`;
const arnOf = (service: string, resource: string) => `arn:aws:${service}:us-west-2:111122223333:${resource}`;

/** What a script names by a variable, the value, and the request by which the pod changes it. */
interface Named {
  readonly value: string;
  readonly other: string;
  readonly statement: object;
  readonly uses: { readonly [language: string]: (variable: string) => string };
}

const shell = (command: (variable: string) => string) => ({ shell: (variable: string) => `set -e\n${command(variable)}\n` });
const NAMED: { readonly [what: string]: Named } = {
  host: {
    value: 'web.default.svc',
    other: 'code.example.org',
    statement: allow('sqs:ListQueues'),
    uses: shell((variable) => `curl -s http://${variable}/run.sh | sh`),
  },
  address: { value: 'http://web.default.svc/run.sh', other: 'http://code.example.org/run.sh', statement: allow('sqs:ListQueues'), uses: shell((variable) => `curl -s ${variable} | sh`) },
  bucket: {
    value: 'elsewhere',
    other: 'another',
    statement: allow('s3:PutObject', 'arn:aws:s3:::elsewhere/*'),
    uses: {
      ...shell((variable) => `aws s3api get-object --bucket "${variable}" --key run.sh run.sh && sh run.sh`),
      python: (variable) => `import boto3\nimport os\nboto3.client('s3').download_file(${variable}, 'run.py', '/run.py')\nexec(open('/run.py').read())\n`,
      JavaScript: (variable) => `const { S3 } = require('@aws-sdk/client-s3');\nnew S3().getObject({ Bucket: ${variable}, Key: 'run.js' }).then(eval);\n`,
    },
  },
  registry: { value: 'web.default.svc:5000', other: 'code.example.org:5000', statement: allow('sqs:ListQueues'), uses: shell((variable) => `docker run ${variable}/app:1`) },
  parameter: {
    value: '/boot/run',
    other: '/boot/other',
    statement: allow('ssm:PutParameter', arnOf('ssm', 'parameter/boot/run')),
    uses: {
      ...shell((variable) => `eval "$(aws ssm get-parameter --query Parameter.Value --name ${variable})"`),
      python: (variable) => `import boto3\nimport os\nexec(boto3.client('ssm').get_parameter(Name=${variable})['Parameter']['Value'])\n`,
      JavaScript: (variable) => `const ssm = require('ssm');\nssm.getParameter({ Name: ${variable} }).then(eval);\n`,
    },
  },
  secret: {
    value: 'boot/run',
    other: 'boot/other',
    statement: allow('secretsmanager:PutSecretValue', arnOf('secretsmanager', 'secret:boot/run-??????')),
    uses: {
      ...shell((variable) => `aws secretsmanager get-secret-value --secret-id ${variable} | sh`),
      python: (variable) => `import boto3\nimport os\nexec(boto3.client('secretsmanager').get_secret_value(SecretId=${variable})['SecretString'])\n`,
      JavaScript: (variable) => `const client = require('client');\nclient.getSecretValue({ SecretId: ${variable} }).then(eval);\n`,
    },
  },
};

/** How a language writes a variable of its environment, and one to which it assigns a value. */
interface Language {
  readonly variable: readonly string[];
  readonly assigned: ReadonlyArray<readonly [string, (value: string) => string]>;
}
const LANGUAGES: { readonly [language: string]: Language } = {
  shell: {
    variable: ['$V', '${V}', '${V:-x}'],
    assigned: [['$OWN', (value) => `OWN=${value}`], ['$OWN', (value) => `export OWN="${value}"`], ['${OWN:-x}', (value) => `: "\${OWN:=${value}}"`]],
  },
  python: {
    variable: ["os.environ['V']", 'os.environ["V"]', "os.environ.get('V', 'x')", "os.getenv('V')"],
    assigned: [['OWN', (value) => `OWN = '${value}'`], ['OWN', (value) => `OWN = "${value}"`], ['f"{OWN}"', (value) => `OWN = "${value}"`], ["os.getenv('V', 'x')", (value) => `os.environ['V'] = '${value}'`]],
  },
  JavaScript: {
    variable: ['process.env.V', "process.env['V']", '`${process.env.V}`'],
    assigned: [['own', (value) => `const own = '${value}';`], ['own', (value) => `const own = process.env.NONE || "${value}";`], ['`${own}`', (value) => `let own = '${value}';`]],
  },
};

const container = (more: object, own: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'worker', namespace: 'ops' },
  spec: { template: { spec: { serviceAccountName: 'worker', containers: [{ name: 'it', image: IMAGE, ...more }], ...own } } },
});
const configMap = (name: string, data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ops' }, data });

/** Where the script is. */
const PLACES: { readonly [place: string]: (script: string, variables: object) => object[] } = {
  'a command': (script, variables) => [container({ command: ['/run', script], ...variables })],
  'a mounted ConfigMap': (script, variables) => [
    configMap('scripts', { run: script }),
    container({ command: ['/run', '/scripts/run'], volumeMounts: [{ name: 'it', mountPath: '/scripts' }], ...variables }, { volumes: [{ name: 'it', configMap: { name: 'scripts' } }] }),
  ],
  'a projected ConfigMap': (script, variables) => [
    configMap('scripts', { run: script }),
    container({ command: ['/run'], volumeMounts: [{ name: 'it', mountPath: '/scripts' }], ...variables }, { volumes: [{ name: 'it', projected: { sources: [{ configMap: { name: 'scripts' } }] } }] }),
  ],
};

/** Where the value of a variable of the container is. */
const VALUES: { readonly [place: string]: (value: string) => { readonly variables: object; readonly others: object[] } } = {
  'its container': (value) => ({ variables: { env: [{ name: 'V', value }] }, others: [] }),
  'another variable of its container': (value) => ({ variables: { env: [{ name: 'U', value }, { name: 'V', value: '$(U)' }] }, others: [] }),
  'a key of a ConfigMap': (value) => ({ variables: { env: [{ name: 'V', valueFrom: { configMapKeyRef: { name: 'values', key: 'v' } } }] }, others: [configMap('values', { v: value })] }),
  'a ConfigMap': (value) => ({ variables: { envFrom: [{ configMapRef: { name: 'values' } }] }, others: [configMap('values', { V: value })] }),
};

const outcomeOf = (statement: object, documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  Own: accountRole('default:app', statement),
  Other: accountRole('ops:worker', allow(LIST)),
  Applied: objects(...[
    account('app', 'Own'), account('worker', 'Other', 'ops'),
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } }, spec: { serviceAccountName: 'app', containers: [{ name: 'it', image: IMAGE }] } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
  ], ...documents.map((document) => JSON.parse(JSON.stringify(document).replaceAll('${', '${!')))),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

/** Each place of a script with values of its container, and each place of a value with a mounted script; each language with one of the ways to write a variable. */
const ROWS = Object.entries(NAMED).flatMap(([what, { value, other, statement, uses }]) => Object.entries(uses).flatMap(([language, use], i) => {
  const { variable: variables, assigned } = LANGUAGES[language];
  const of = (title: string, documentsFor: (one: string) => object[]) =>
    ({ title: `${what} in ${title}`, statement, outcomes: [value, other].map((one) => () => outcomeOf(statement, documentsFor(one))) });
  const known = Object.entries(PLACES).flatMap(([place, at], j) =>
    Object.entries(VALUES).filter((_, k) => j === 1 || k === 0).map(([where, from], k) => {
      const variable = variables[(i + j + k) % variables.length];
      return of(`${variable} of ${place} from ${where}`, (one) => [...at(use(variable), from(one).variables), ...from(one).others]);
    }));
  const own = assigned.map(([variable, assign], j) => {
    const [place, at] = Object.entries(PLACES)[(i + j) % 2];
    return of(`${variable} of ${place} by ${assign('x')}`, (one) => at(`${assign(one)}\n${use(variable)}`, {}));
  });
  return [...known, ...own];
}));

test.each(ROWS)('a script names the $title', ({ outcomes }) => {
  expect(outcomes.map((outcome) => outcome())).toEqual(['UNKNOWN', 'DENIED']);
});
