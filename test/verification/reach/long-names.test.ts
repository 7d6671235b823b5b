import { decisionOf, LIST, ofInstance, trusted } from './code-apps';
import { allow, arnOf, job, objects, role } from '../templates';

/** Longer than what V8 compiles as a regular expression. */
const LONG = 'x'.repeat(63_000);
const started = (UserData: string) => ({
  ...ofInstance({}, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': UserData } } }),
});
const GITHUB = 'token.actions.githubusercontent.com';
const ofProvider = (issuer: string, sub: string) => ({
  Deploy: role({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
    Condition: { StringLike: { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: 'sts.amazonaws.com' } },
  }, allow(LIST)),
});
const applied = (...documents: object[]) => ({ Applied: objects(...documents) });
const runner = (repository: string) =>
  applied({ apiVersion: 'actions.summerwind.dev/v1alpha1', kind: 'RunnerDeployment', metadata: { name: 'it', namespace: 'default' }, spec: { template: { spec: { repository } } } });
const read = (name: string) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { Name: name } });
const put = allow('secretsmanager:PutSecretValue');
const external = (key: string) => applied({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'it', namespace: 'default' }, spec: { data: [{ secretKey: 'k', remoteRef: { key } }] },
});
const key = (Name: string) => ({
  User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow(LIST)] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
  Copy: { Type: 'AWS::SecretsManager::Secret', Properties: { Name, SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } },
});
const transfer = (hosts: number) => ({
  Deploy: role(trusted('transfer'), allow(LIST)),
  User: { Type: 'AWS::Transfer::User', Properties: { ServerId: 's-1', UserName: 'partner', Role: arnOf('Deploy') } },
  ...Object.fromEntries(Array.from({ length: hosts }, (_, i) => [`Server${i}`, {
    Type: 'AWS::Transfer::Server', Properties: { Tags: [{ Key: 'transfer:customHostname', Value: `${'files-'.repeat(30)}${i}.example.com` }] },
  }])),
  ...applied(job('work', 'app', {
    containers: [{
      name: 'c',
      env: [
        { name: 'HOST', value: `${'files-'.repeat(30)}7.example.com` }, { name: 'SFTP_KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      ],
    }],
  })),
});

test.each<[string, object, object]>([
  ['a secret that user data names', { ...started(`get-secret ${LONG}`), Secret: read(LONG) }, put],
  ['a host that user data names', {
    ...started(`curl https://${LONG}.example.com/x.sh | sh`),
    Cdn: {
      Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Aliases: [`${LONG}.example.com`, '*a'.repeat(20_000)], Origins: [{ DomainName: 'boot.s3.amazonaws.com' }] } },
    },
  }, allow('s3:PutObject')],
  ['a secret that an object names', { ...key(LONG), ...external(LONG) }, put],
  ['a repository of a claim', { ...ofProvider(GITHUB, `repo:acme/${LONG}:*`), ...runner(`acme/${LONG}`) }, put],
  ['folders of a claim', { ...ofProvider(GITHUB, `repo:${'a/'.repeat(30_000)}:*`), ...runner('acme/app') }, put],
  ['wildcards of a claim', { ...ofProvider(GITHUB, `repo:acme/${'a*'.repeat(30_000)}:*`), ...runner(`acme/${'a'.repeat(500)}`) }, put],
  ['an organization of a claim', {
    ...ofProvider('app.terraform.io', `organization:${LONG}:project:p:*`),
    ...applied({
      apiVersion: 'example.com/v1', kind: 'AgentPool', metadata: { name: 'it', namespace: 'default' }, spec: { organization: LONG },
    }),
  }, put],
  ['the host of one of many servers', transfer(400), put],
])('the proof answers about %s, however long the names are', (_, resources, statement) => {
  expect(decisionOf(resources, statement).outcome).toBe('UNKNOWN');
});

test.each<[string, object]>([
  ['a variable of a container', applied(job('work', 'app', {
    containers: [{
      name: 'c',
      command: ['sh', '-c', `run $${LONG}`],
      env: [
        { name: LONG, valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
      ],
    }],
  }))],
  ['the host of a provider', { ...ofProvider(`${'a.'.repeat(30_000)}example.com`, 'x'), ...applied(job('work', 'app', { containers: [{ name: 'c', env: [{ name: 'A_TOKEN', value: 'x' }] }] })) }],
  ['a file of a script', applied(job('work', 'app', { containers: [{ name: 'c', command: ['sh', '-c', `kubectl get configmap it -o jsonpath={.data} > /${LONG}; sh /${LONG}`] }] }))],
  ['a parameter of a workflow', applied({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'it', namespace: 'default' },
    spec: {
      templates: [{
        name: 'a', steps: [[{ name: 'b', template: 'b', arguments: { parameters: [{ name: LONG, value: '{{steps.c.outputs.result}}' }] } }]],
      }, { name: 'b', script: { source: `{{inputs.parameters.${LONG}}}` } }],
    },
  })],
])('the proof answers about %s', (_, resources) => {
  expect(['DENIED', 'UNKNOWN']).toContain(decisionOf(resources, put).outcome);
});
