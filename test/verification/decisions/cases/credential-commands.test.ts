import { decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { allow, job, objects } from '../../templates';

const outcomeOf = (container: object, ...documents: object[]) => shown(decide({
  ...reader([allow('sqs:ListQueues')]),
  Work: objects(job('work', 'app', { containers: [{ name: 'main', ...container }], volumes: [{ name: 'scripts', configMap: { name: 'scripts' } }] }), ...documents),
}, { action: 's3:ListAllMyBuckets', workload: { kind: 'Job', name: 'work' } }));
const config = (script: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'scripts', namespace: 'default' }, data: { 'start.sh': `#!/bin/sh\n${script}\n` } });

test.each([
  'export AWS_SECRET_ACCESS_KEY=$(cat /run/k); app',
  'AWS_PROFILE=prod app',
  'AWS_SHARED_CREDENTIALS_FILE=/x app',
  'aws configure set aws_secret_access_key $(cat /run/k)',
  'aws configure set profile.it.credential_process /bin/it',
  'aws configure import --csv file:///run/k.csv',
  'aws s3 ls --profile prod',
  'aws --profile=prod s3 ls',
  'aws sso login && app',
  'cp /run/secrets/aws ~/.aws/credentials && app',
  'cp /run/secrets/credentials ~/.aws/ && app',
  'ln -s /run/x /root/.aws/credentials',
  'cat /run/k >> ~/.aws/credentials',
  'aws s3 cp s3://ops/credentials ~/.aws/credentials',
  'curl -s https://ops.example.com/credentials -o "$HOME/.aws/credentials"',
  'cp /run/x /etc/rclone.conf',
  'vault read -format=json aws/creds/deploy > /c',
  'eval $(vault read -format=json aws/sts/deploy)',
  'curl -s http://vault:8200/v1/aws/creds/deploy -H "X-Vault-Token: $T"',
  'source /vault/secrets/aws && app',
  'aws_signing_helper serve --certificate /c.pem --private-key /k.pem',
  'java -Daws.accessKeyId=$A -Daws.secretKey=$S -jar app.jar',
  'app --aws.secret-access-key $S',
  'app --storage.s3.secret=$S',
  's3cmd --access_key=$A --secret_key=$S ls',
  's3fs it /mnt -o passwd_file=/run/x',
  'mc alias set s3 https://s3.amazonaws.com $A $S',
  'aws-vault exec prod -- app',
  'chamber exec prod -- app',
  'doppler run -- app',
  'sops exec-env s.enc.env app',
])('a pod whose command is %s may have any credentials, and so may one that mounts a script with it', (script) => {
  const mounting = { volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }] };
  const outcomes = [outcomeOf({ command: ['sh', '-c', script] }), outcomeOf({ lifecycle: { postStart: { exec: { command: ['sh', '-c', script] } } } }), outcomeOf(mounting, config(script))];
  expect(outcomes).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  expect(outcomeOf({ command: ['sh', '-c', 'app'] }, config(script))).toBe(DENIED);
});

test.each([
  'export AWS_REGION=us-west-2; app',
  'unset AWS_PROFILE; app',
  'aws configure set region us-west-2',
  'mkdir -p ~/.aws && app',
  'aws s3 cp s3://data/x /data/x',
  'vault read secret/data/app',
  'app --secret-key-ref=x --profile=prod',
  'mc alias set minio http://minio:9000 $A $S',
  'op list',
])('a pod whose command is %s has no other ones', (script) => {
  expect(outcomeOf({ command: ['sh', '-c', script] })).toBe(DENIED);
});
