import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { assemblyOf } from './assemblies';
import { refused, run, runWide } from './run';
import { IrsaCluster, ServiceAccountRole, ServiceAccountSubject, verification } from '../../lib';
import { newFolder } from '../files';
import { writeAssembly } from '../verification/assemblies';
import { Change, templateAfter } from '../verification/diff/app';
import { stagesApp, TWO_ACCOUNTS } from '../verification/stages-app';
import { allow, arnOf, clusterTemplate, podIdentityTrust, role } from '../verification/templates';

/** Pods of default/reader may read objects of the bucket Reports, whose name is generated. */
const withReports = (change: Change = () => {}) => templateAfter((resources, template) => {
  resources.Reports.Metadata = { 'aws:cdk:path': 'App/My Reports/Resource' };
  resources.Reader.Properties.Policies[0].PolicyDocument.Statement.pop();
  resources.Queue = { Type: 'AWS::SQS::Queue' };
  resources.Function = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f', Role: 'arn:aws:iam::111122223333:role/f' } };
  change(resources, template);
});
const app = assemblyOf({ App: withReports() });
const ask = (folder: string, request: string, ...options: string[]) => runWide('access', folder, '--assume-no-other-nodes', '--can', request, ...options);

describe('a resource with a generated name', () => {
  test.each(['Reports/*', 'App.template.json/Reports/*', 'App/My Reports/*', 'App/My Reports/Resource/*'])('is named by %s', (name) => {
    const { code, out, err } = ask(app, `s3:GetObject on ${name}`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`${name} is arn:\${AWS::Partition}:s3:::\${Reports}/*\n\nALLOWED  pods of service account default/reader\nALLOWED  pods of Pod default/reports\n\n`);
    expect(out).not.toContain('nodes of nodegroup');
  });

  test('has its ARN in JSON', () => {
    expect(JSON.parse(ask(app, 's3:GetObject on Reports/2025/*', '--format', 'json').out))
      .toMatchObject({ resource: 'Reports/2025/*', arn: 'arn:${AWS::Partition}:s3:::${Reports}/2025/*', answers: [{ outcome: 'ALLOWED' }, { outcome: 'ALLOWED' }] });
  });

  test('is what it can be about: the bucket, or its objects', () => {
    expect(ask(app, 's3:ListBucket on Reports').out).toContain('\nALLOWED  pods of service account default/reader\n');
    expect(ask(app, 's3:GetObject on Reports').err).toContain('s3:GetObject does not apply to arn:${AWS::Partition}:s3:::${Reports}: ');
  });

  test('and a misspelt one are told apart', () => {
    expect(ask(app, 's3:GetObject on Reprots/*').err).toMatch(
      /^cdk-irsa: Reprots\/\* is neither an ARN, nor the path of a construct or the logical ID of a resource: the templates have .*App\/My Reports/);
  });

  test('has a part only if its service has one', () => {
    expect(ask(app, 'sqs:SendMessage on Queue/x').err).toMatch(/^cdk-irsa: Queue\/x is neither an ARN, /);
    expect(ask(app, 'lambda:InvokeFunction on Function:live')).toMatchObject({ err: '', out: expect.stringContaining('Function:live is arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:f:live\n') });
  });

  test('has no ARN if its type is not known', () => {
    expect(ask(app, 's3:GetObject on Pods')).toEqual(refused('the ARN of Pods, of type Custom::KubernetesObjects, is not known: ask with its ARN, or omit the resource'));
  });

  test('is refused if its name can be that of another one', () => {
    const two = assemblyOf({ App: withReports(), Other: { Resources: { Reports: { Type: 'AWS::S3::Bucket' } } } });
    expect(ask(two, 's3:GetObject on Reports/*')).toEqual(refused('Reports/* can be App.template.json/Reports/* or Other.template.json/Reports/*: use one of these'));
    expect(ask(two, 's3:GetObject on Other.template.json/Reports/*').out).toMatch(/^Other\.template\.json\/Reports\/\* is .*\n\nUNKNOWN /);
    const below = assemblyOf({ App: withReports((resources) => resources.Logs = { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'App/My Reports/Logs/Resource' } }) });
    expect(ask(below, 's3:GetObject on App/My Reports/Logs/*')).toEqual(
      refused('App/My Reports/Logs/* can be App.template.json/Reports/Logs/* or App.template.json/Logs/*: use one of these'));
  });

  test('cannot steer a terminal', () => {
    const evil = assemblyOf({ App: withReports(({ Reports }) => Reports.Metadata['aws:cdk:path'] = 'App/\u001b[2J\nx\u202e/Resource') });
    expect(ask(evil, 's3:GetObject on Reprots').err).toMatch(/App\/\\u\{1b\}\[2J x\\u\{202e\}.*\n$/);
    expect(ask(evil, 's3:GetObject on App/\u001b[2J\nx\u202e/*').out).toMatch(/^App\/\\u\{1b\}\[2J\\u\{a\}x\\u\{202e\}\/\* is arn:.*\n\nALLOWED /);
  });

  test('has the answers of a unit test, which has its token', () => {
    const outdir = newFolder();
    const stack = new Stack(new App({ outdir }), 'App', { env: { account: '111122223333', region: 'us-west-2' } });
    const issuerUrl = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName: 'prod', issuerUrl });
    const [bucket, other] = [new s3.Bucket(stack, 'Reports'), new s3.Bucket(stack, 'Other')];
    for (const name of ['reader', 'writer']) {
      const own = new ServiceAccountRole(stack, name, { cluster, subjects: [ServiceAccountSubject.exact('reports', name)] });
      (name === 'reader' ? bucket : other).grantRead(own);
    }
    const access = verification.PodAccess.fromStack(stack).assume({ noOtherNodes: true });
    const expected = access.principals.map((principal) => ({ who: principal.name, outcome: principal.decide('s3:GetObject', { resource: bucket.arnForObjects('*') }).outcome }));
    const { answers } = JSON.parse(ask(outdir, 's3:GetObject on App/Reports/*', '--format', 'json').out);
    expect(expected.length).toBeGreaterThan(1);
    expect(answers.map(({ who, outcome }: any) => ({ who, outcome }))).toEqual(expected.filter(({ outcome }) => outcome !== 'DENIED'));
  });
});

describe('--context', () => {
  const network = assemblyOf({
    App: withReports(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Condition = {
      'IpAddress': { 'aws:SourceIp': '10.0.0.0/8' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] },
    }),
  });
  const REQUEST = 's3:GetObject on Reports/*';

  test('has the values of condition keys, which the report does not show', () => {
    expect(ask(network, REQUEST).out).toMatch(/^UNKNOWN {2}pods of service account default\/reader$/m);
    const { out } = ask(network, REQUEST, '--context', 'aws:SourceIp=10.1.2.3', '--context', 'aws:TagKeys=a', '--context', 'aws:TagKeys=b');
    expect(out).toMatch(/^ALLOWED {2}pods of service account default\/reader$/m);
    expect(out).toContain('\nAssumed: the value of condition key aws:SourceIp.\nAssumed: the value of condition key aws:TagKeys.\n');
    expect(out).not.toContain('10.1.2.3');
    expect(ask(network, REQUEST, '--context', 'aws:SourceIp=192.0.2.1').out).toContain('None of the pods');
  });

  test('refuses a misspelt key', () => {
    expect(ask(network, REQUEST, '--context', 'aws:SourceIP2=x')).toEqual(refused('--context has the key aws:SourceIP2, which is not a global condition key: did you mean aws:SourceIp?'));
  });
});

describe('--cluster', () => {
  const stages = stagesApp(TWO_ACCOUNTS);

  test.each([['the table', []], ['answers', ['--can', 'sts:GetCallerIdentity']]])('limits %s to those of a cluster', (_, options) => {
    const { code, out } = run('access', stages, '--cluster', 'Dev/Stack/Cluster', ...options);
    expect(code).toBe(0);
    expect(out).toContain('pods of service account default/reader');
    expect(out).not.toMatch(/Prod|admin/);
  });

  test('asks about service accounts of a cluster that only the deployment knows as if they were in it', () => {
    const Association = {
      Type: 'AWS::EKS::PodIdentityAssociation',
      Properties: { ClusterName: { Ref: 'Name' }, Namespace: 'default', ServiceAccount: 'app', RoleArn: arnOf('Role') },
    };
    const environment = 'aws://111122223333/us-west-2';
    const folder = writeAssembly({
      Cluster: { environment, template: clusterTemplate().stack },
      App: { environment, template: { Parameters: { Name: { Type: 'String' } }, Resources: { Role: role(podIdentityTrust(), allow('sqs:ListQueues')), Association } } },
    });
    const { out } = run('access', folder, '--cluster', 'prod', '--can', 'sqs:ListQueues', '--assume-no-other-nodes');
    expect(out).toContain('UNKNOWN  pods of service account default/app');
    expect(out).toContain('whether this applies to these pods: EKS Pod Identity association');
    expect(out).not.toContain('ALLOWED  pods');
  });

  test('keeps whoever a role trusts, who can be in any cluster', () => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }] };
    const folder = assemblyOf({ App: withReports((resources) => resources.Chart = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } }) });
    expect(run('access', folder, '--cluster', 'prod').out).toMatch(/^whoever role Chart trusts$/m);
  });

  test('refuses one that the templates do not have', () => {
    expect(run('access', app, '--cluster', 'prdo').err).toMatch(/^cdk-irsa: cluster prdo is not in the templates: the templates have prod/);
  });
});
