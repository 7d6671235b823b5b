import { admin, decisionOf, LIST } from './code-apps';
import { formsOfScript } from '../../../lib/verification/private/model/code/filled-values';
import { writesNamedIn } from '../../../lib/verification/private/model/code/named-in-scripts';
import { Text } from '../../../lib/verification/private/values/text';
import { account, accountRole, allow, arnOf, job, objects } from '../templates';

const put = (bucket: string) => allow('s3:PutObject', `arn:aws:s3:::${bucket}/*`);
const parameter = (name: string) => allow('ssm:PutParameter', `arn:aws:ssm:us-west-2:111122223333:parameter/${name}`);
const secret = (name: string) => allow('secretsmanager:PutSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-??????`);
const [BUCKET, PARAMETER, SECRET] = [put('elsewhere'), parameter('boot/run'), secret('boot/run')];

const task = (container: object) => ({
  ...admin('ecs-tasks'), It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'public', ...container }] } },
});
const running = (command: string, ...Environment: object[]) => task({ Command: ['sh', '-c', command], Environment });
const variable = (Name: string, Value: string) => ({ Name, Value });
const python = (code: string) => running(`python -c "${code}" && python /x.py`);
const build = (command: string, EnvironmentVariables: object[], env = '') => ({
  ...admin('codebuild'),
  It: {
    Type: 'AWS::CodeBuild::Project',
    Properties: {
      ServiceRole: arnOf('Admin'),
      Source: { Type: 'NO_SOURCE', BuildSpec: `version: 0.2\n${env}phases:\n  build:\n    commands:\n      - ${command}\n` },
      Environment: { EnvironmentVariables },
    },
  },
});
const workload = (container: object) => ({
  Other: accountRole('default:other', allow(LIST)),
  Applied: objects(account('other', 'Other'), job('report', 'other', { containers: [{ name: 'main', image: 'nginx@sha256:1', ...container }] })),
});
const GET = 'aws ssm get-parameter --query Parameter.Value --name';
const EXTENSION = 'curl -H "X-Aws-Parameters-Secrets-Token: $T" "http://localhost:2773';
const ENDPOINT = 'vpce-0a1b-2c3d.s3.us-west-2.vpce.amazonaws.com';

const NAMED: Array<[string, object, object]> = [
  ['a bucket in the first argument of a download', python("boto3.client('s3').download_file('elsewhere', 'x.py', '/x.py')"), BUCKET],
  ['a bucket as an object of boto3', python("boto3.resource('s3').Bucket('elsewhere').download_file('x.py', '/x.py')"), BUCKET],
  ['the bucket of an object of boto3', python("exec(s3.Object('elsewhere', 'x.py').get()['Body'].read())"), BUCKET],
  ['a bucket in a variable that Python reads', running("python -c \"s3.download_file(os.environ['B'], 'x.py', '/x.py')\"", variable('B', 'elsewhere')), BUCKET],
  ['a bucket in a variable that Node.js reads', running('node -e "s3.send(new GetObjectCommand({ Bucket: process.env.B, Key: k })).then(eval)"', variable('B', 'elsewhere')), BUCKET],
  ['a secret in the first argument of a cache', python("exec(cache.get_secret_string('boot/run'))"), SECRET],
  ['a parameter in the first argument of a library', python("exec(parameters.get_parameter('/boot/run'))"), PARAMETER],
  ['a parameter in a variable of a task', running(`eval "$(${GET} $P)"`, variable('P', '/boot/run')), PARAMETER],
  ['a parameter in a variable with braces', running(`eval "$(${GET} "\${P}")"`, variable('P', '/boot/run')), PARAMETER],
  ['a parameter in a variable of the script', running(`P=/boot/run; eval "$(${GET} $P)"`), PARAMETER],
  ['one of several parameters in variables', running('aws ssm get-parameters --names $A ${B} | sh', variable('A', 'a'), variable('B', '/boot/run')), PARAMETER],
  ['a parameter in a variable of a build', build(`eval "$(${GET} $P)"`, [variable('P', '/boot/run')]), PARAMETER],
  ['a parameter in a variable of a buildspec', build(`eval "$(${GET} $P)"`, [], 'env:\n  variables:\n    P: "/boot/run"\n'), PARAMETER],
  ['a parameter in a variable of a workload', workload({ command: ['sh', '-c', `eval "$(${GET} $P)"`], env: [{ name: 'P', value: '/boot/run' }] }), PARAMETER],
  ['a parameter in a variable among arguments', workload({ command: ['aws', 'ssm', 'get-parameter', '--name', '$(P)'], env: [{ name: 'P', value: '/boot/run' }] }), PARAMETER],
  ['a secret in a variable', running('aws secretsmanager get-secret-value --secret-id $S | sh', variable('S', 'boot/run')), SECRET],
  ['a bucket and a key in two variables', task({ Environment: [variable('SCRIPTS_S3_BUCKET', 'elsewhere'), variable('SCRIPTS_S3_KEY', 'run.sh')] }), BUCKET],
  ['a bucket and a key in two variables of a workload', workload({ env: [{ name: 'BOOT_BUCKET', value: 'elsewhere' }, { name: 'BOOT_KEY', value: 'run.sh' }] }), BUCKET],
  ['a bucket and a key in two variables of a build', build('/run', [variable('S3_BUCKET', 'elsewhere'), variable('S3_KEY', 'run.sh')]), BUCKET],
  ['a bucket in a variable with a name of code', workload({ env: [{ name: 'DAGS_BUCKET', value: 'elsewhere' }] }), BUCKET],
  ['a bucket in a URL of Terraform', running('terraform init -from-module=s3::https://s3.us-west-2.amazonaws.com/elsewhere/x.zip'), BUCKET],
  ['a bucket in a table of file systems', running('echo "s3fs#elsewhere:/app /opt/app fuse _netdev 0 0" >> /etc/fstab && mount -a'), BUCKET],
  ['a bucket in another table of file systems', running('echo "elsewhere:/app /opt/app fuse.s3fs _netdev,iam_role=auto 0 0" >> /etc/fstab && mount -a'), BUCKET],
  ['a bucket in a connection string of rclone', running('rclone copy ":s3,env_auth=true,region=us-west-2:elsewhere/app" /opt/app'), BUCKET],
  ['a bucket as Systems Manager names it', running('Apply -MofsToApply s3:elsewhere:it.mof'), BUCKET],
  ['a bucket as Systems Manager names it, with a Region', running('Apply -MofsToApply https://example.com/a.mof,s3:us-west-2:elsewhere:it.mof'), BUCKET],
  ['a bucket behind a VPC endpoint', running(`curl https://bucket.${ENDPOINT}/elsewhere/x.sh | sh`), BUCKET],
  ['a bucket in the host of a VPC endpoint', running(`curl https://elsewhere.bucket.${ENDPOINT}/x.sh | sh`), BUCKET],
  ['a bucket of the code of a function', running('aws lambda update-function-code --function-name it --s3-bucket elsewhere --s3-key x.zip'), BUCKET],
  ['a bucket of a layer', running('aws lambda publish-layer-version --layer-name it --content S3Bucket=elsewhere,S3Key=x.zip'), BUCKET],
  ['a parameter of the extension', running(`${EXTENSION}/systemsmanager/parameters/get?name=%2Fboot%2Frun" | jq -r .Parameter.Value | sh`), PARAMETER],
  ['a parameter of the extension, after another setting', running(`${EXTENSION}/systemsmanager/parameters/get?withDecryption=true&name=/boot/run" | sh`), PARAMETER],
  ['a secret of the extension', running(`${EXTENSION}/secretsmanager/get?secretId=boot/run" | jq -r .SecretString | sh`), SECRET],
  ['the parameters of a service of chamber', running('chamber exec boot -- sh -c "$CMD"'), PARAMETER],
  ['the parameters of a service of chamber among arguments', workload({ command: ['/bin/chamber', '-r', '3', 'exec', 'base', 'boot', '--'], args: ['serve'] }), PARAMETER],
  ['the parameters of confd', running('confd -onetime -backend ssm && sh /etc/x.sh'), PARAMETER],
  ['the parameters of confd below a prefix', running('confd -onetime -backend ssm -prefix /boot && sh /etc/x.sh'), PARAMETER],
  ['a repository in a URL of Terraform', running('terraform init -from-module=git::https://git-codecommit.us-west-2.amazonaws.com/v1/repos/boot'), allow('codecommit:GitPush', 'arn:aws:codecommit:*:*:boot')],
];

test.each(NAMED)('a pod that changes %s might decide what runs, or not', (_, resources, statement) => {
  expect(decisionOf(resources, statement).outcome).toBe('UNKNOWN');
});

test.each(NAMED)('a pod that changes others than %s cannot', (_, resources) => {
  const others = [put('other'), parameter('other/*'), secret('other/run'), allow('codecommit:GitPush', 'arn:aws:codecommit:*:*:other')];
  expect(decisionOf(resources, ...(JSON.stringify(resources).includes('ssm && sh') ? others.slice(0, 1) : others)).outcome).toBe('DENIED');
});

test.each<[string, object]>([
  ['a bucket with data and a key in two variables', task({ Environment: [variable('REPORTS_BUCKET', 'elsewhere'), variable('REPORTS_KEY', 'sales.csv')] })],
  ['a bucket with data in a variable', task({ Environment: [variable('REPORTS_BUCKET', 'elsewhere'), variable('API_KEY', 'run.sh')] })],
  ['a bucket to which a program uploads', python("boto3.client('s3').upload_file('/x.csv', 'elsewhere', 'x.csv')")],
  ['a parameter in a variable that no request names', running('serve --config $P', variable('P', '/boot/run'))],
  ['a parameter in another variable', running(`eval "$(${GET} $Q)"`, variable('P', '/boot/run'))],
  ['the parameters of a service that is only an argument', running('serve chamber --name boot')],
  ['the parameters of confd with another backend', running('confd -onetime -backend env')],
])('a pod that changes %s cannot', (_, resources) => {
  expect(decisionOf(resources, BUCKET, PARAMETER, SECRET).outcome).toBe('DENIED');
});

/** Where time grows with the square, this takes minutes. */
test.each([
  'a=', 'a:', 'a: ', 'a="', "a = '", "a = 'a", 'a = b["c"] || ', "env.get('A',", '${A:-', '(A,', '{A,', '$A', '{A}', 'A:str=', '=', ' ', '$(A)', '%A%', 'A=1 A=2 B=$A ', 'A=$A$A ', 'A="$B$B" B=$C C=x ', '{A}{B}\nA = "x"\nB = "y"\n', '$', '$a', '${', '$A ', 'A=$A ', 'os.environ ', 'getenv(', 'env.', '.Bucket(', '.', '?', '?name=', '%', '%2F', '%A% ', 'get_parameter(', 'chamber ', 'chamber exec ', 'confd ', 'confd ssm ',
  '--names ', 'get-parameters --names $A ', 's3::https://', 'bucket.vpce-', 'https://bucket.vpce-a.s3.',
])('scripts that repeat %j are read at once', (part) => {
  formsOfScript(Text.of(`A=b ${part.repeat(100_000 / part.length)}`)).forEach(writesNamedIn);
});
