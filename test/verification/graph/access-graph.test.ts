import { edgeLine, edgeLines, edgeOf, graphOf, nodeOf, reachedBy } from './graphs';
import { AccessDiff, PodAccess } from '../../../lib/verification';
import { account, accountRole, allow, arnOf, association, clusterTemplate, deny, job, objects, podIdentityTrust, role } from '../templates';

const documentOf = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });

const bucketArn = (suffix = '') => ({ 'Fn::Sub': `\${Reports.Arn}${suffix}` });
const BUCKET = { Reports: { Type: 'AWS::S3::Bucket', Properties: {}, Metadata: { 'aws:cdk:path': 'App/Reports' } } };

describe('each mechanism is on its edge', () => {
  const graph = graphOf(clusterTemplate({
    Reader: accountRole('default:reader', allow('sts:AssumeRole', arnOf('Target'))),
    Target: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Reader') } }, allow('sqs:SendMessage')),
    Writer: role(podIdentityTrust(), allow('sns:Publish')),
    Association: association('writer', 'Writer'),
    Objects: objects(account('reader', 'Reader'), account('writer'), job('read', 'reader'), job('host', 'writer', { hostNetwork: true })),
  }));

  test('IRSA, EKS Pod Identity, instance metadata, node role and role chaining', () => {
    expect(edgeLines(graph).filter((line) => !line.includes(' on '))).toEqual([
      'host -> writer: ALLOWED',
      'read -> reader: ALLOWED',
      'Nodes -> NodeRole by node role: ALLOWED',
      'reader -> Reader by IRSA: ALLOWED',
      'writer -> NodeRole by instance metadata: ALLOWED',
      'writer -> Writer by EKS Pod Identity: ALLOWED',
      'Reader -> Target by role chaining: ALLOWED',
    ]);
  });

  test('each edge has its steps, and their places', () => {
    expect(edgeOf(graph, 'reader -> Reader by IRSA: ALLOWED')).toMatchObject({
      why: expect.arrayContaining([expect.stringContaining('service account default/reader has the annotation'), 'trust policy of role Reader admits it']),
      places: expect.arrayContaining(['Objects in stack, Properties.Manifest', 'Reader in stack, Properties.AssumeRolePolicyDocument']),
      settledBy: [],
    });
    expect(edgeOf(graph, 'Reader -> Target by role chaining: ALLOWED').why).toEqual(expect.arrayContaining(['role Reader can assume role Target']));
  });

  test('a workload reaches what it gets itself, also by its account and by role chaining', () => {
    expect(reachedBy(graph, nodeOf(graph, 'read'))).toEqual(['read -> reader: ALLOWED', 'reader -> Reader by IRSA: ALLOWED', 'Reader -> Target by role chaining: ALLOWED']);
  });

  test('each permission has its command, and what no command can name has one without a resource', () => {
    expect(nodeOf(graph, 'SendMessage on *')).toMatchObject({ group: 'sqs', kind: 'permission', command: 'npx --no cdk-irsa access cdk.out --can sqs:SendMessage' });
  });
});

test('a workload does not get by its account what only another workload gets', () => {
  const graph = graphOf(clusterTemplate({ Objects: objects(account('app'), job('plain', 'app'), job('host', 'app', { hostNetwork: true })) }));
  expect(reachedBy(graph, nodeOf(graph, 'plain'))).toEqual(['plain -> app: ALLOWED']);
  expect(reachedBy(graph, nodeOf(graph, 'host'))).toContain('app -> NodeRole by instance metadata: ALLOWED');
});

test('credentials that are meant for an account, and that it does not get, are denied', () => {
  const graph = graphOf(clusterTemplate({ Reader: accountRole('default:other', allow('sqs:SendMessage')), Objects: objects(account('reader', 'Reader')) }));
  expect(edgeOf(graph, 'reader -> Reader by IRSA: DENIED').why).toContain('trust policy of role Reader does not admit it');
  expect(nodeOf(graph, 'reader').findings.map(({ what }) => what)).toEqual([expect.stringContaining('it does not get the credentials of role Reader')]);
});

describe('a permission is as the proof decides', () => {
  const permissions = (statements: any[], more = {}, properties = {}) => {
    const own = accountRole('default:reader', ...statements);
    return graphOf(clusterTemplate({ ...BUCKET, Reader: { ...own, Properties: { ...own.Properties, ...properties } }, Objects: objects(account('reader', 'Reader')), ...more }));
  };
  const lines = (graph: ReturnType<typeof graphOf>) => edgeLines(graph, 'Reader -> ').filter((line) => !line.includes(' by '));

  test('allowed, with the resource as questions name it', () => {
    const graph = permissions([allow(['s3:GetObject', 's3:DeleteObject'], bucketArn('/*'))]);
    expect(lines(graph)).toEqual(['Reader -> GetObject, DeleteObject on App/Reports/*: ALLOWED']);
    expect(nodeOf(graph, 'GetObject, DeleteObject on App/Reports/*')).toMatchObject({
      group: 's3',
      command: "npx --no cdk-irsa access cdk.out --can 's3:GetObject on App/Reports/*'",
      facts: [['Actions', 's3:GetObject, s3:DeleteObject'], ['Resources', expect.stringContaining('App/Reports/*')]],
    });
  });

  test('a deny statement of the role denies a part', () => {
    const graph = permissions([allow(['s3:GetObject', 's3:DeleteObject'], bucketArn('/*')), deny('s3:DeleteObject')]);
    expect(lines(graph)).toEqual([
      'Reader -> GetObject, DeleteObject on App/Reports/*: ALLOWED',
      'Reader -> GetObject, DeleteObject on App/Reports/*: DENIED',
    ]);
    expect(edgeOf(graph, lines(graph)[0]).why[0]).toBe('s3:GetObject:');
    expect(edgeOf(graph, lines(graph)[1]).why).toEqual(expect.arrayContaining(['s3:DeleteObject:', 'Deny s3:DeleteObject on * in inline policy "own"']));
  });

  test('a boundary limits', () => {
    const boundary = { Limit: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: documentOf(allow('s3:GetObject')) } } };
    const graph = permissions([allow(['s3:GetObject', 's3:DeleteObject'], bucketArn('/*'))], boundary, { PermissionsBoundary: { Ref: 'Limit' } });
    expect(lines(graph).map((line) => line.replace(/.*: /, ''))).toEqual(['ALLOWED', 'DENIED']);
  });

  test('the policy of a bucket denies', () => {
    const Policy = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Reports' }, PolicyDocument: documentOf({ ...deny('s3:DeleteObject', bucketArn('/*')), Principal: '*' }) },
    };
    expect(lines(permissions([allow(['s3:GetObject', 's3:DeleteObject*'], bucketArn('/*'))], { Policy }))).toEqual([
      'Reader -> GetObject, DeleteObject* on App/Reports/*: ALLOWED',
      'Reader -> GetObject, DeleteObject* on App/Reports/*: DENIED',
    ]);
  });

  test('a condition is unknown, and says what settles it', () => {
    const graph = permissions([allow('sqs:SendMessage', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })]);
    const [line] = lines(graph);
    expect(line).toBe('Reader -> SendMessage on *: UNKNOWN');
    expect(edgeOf(graph, line).settledBy.join()).toMatch('aws:SourceIp');
    expect(nodeOf(graph, 'SendMessage on *').facts).toContainEqual(['If', 'IpAddress aws:SourceIp = 10.0.0.0/8']);
  });

  test('requests with one outcome are one edge, with all that settles them', () => {
    const graph = permissions([allow('sqs:SendMessage', [1, 2, 3, 4].map((i) => `arn:aws:sqs:us-west-2:111122223333:queue-${i}`))]);
    const [line, ...others] = lines(graph);
    expect([line, others]).toEqual(['Reader -> SendMessage on arn:aws:sqs:us-west-2:111122223333:queue-1 and 3 more: UNKNOWN', []]);
    expect(edgeOf(graph, line).settledBy).toEqual(expect.arrayContaining([expect.stringContaining('queue-1'), expect.stringContaining('queue-4')]));
  });

  test('what is not read is unknown', () => {
    const graph = permissions([], {}, { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/other'] });
    expect(lines(graph)).toEqual([expect.stringMatching(/^Reader -> .*, not known: UNKNOWN$/)]);
    expect(edgeOf(graph, lines(graph)[0]).settledBy).not.toEqual([]);
  });

  test('all actions are one permission, of which some requests are examples', () => {
    expect(lines(permissions([allow('*')]))).toEqual(['Reader -> * on *: ALLOWED']);
    expect(lines(permissions([allow('*'), deny('s3:DeleteObject')]))).toEqual(['Reader -> * on *: UNKNOWN']);
  });
});

describe('whoever is outside of the templates', () => {
  const graph = graphOf(clusterTemplate({
    Shared: accountRole('team:job', allow('sqs:SendMessage')),
    Partner: {
      ...accountRole('team:job'),
      Properties: {
        AssumeRolePolicyDocument: documentOf(
          podIdentityTrust(),
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::555566667777:role/ci' } },
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::555566667777:role/cd' }, Condition: { 'Fn::ImportValue': 'Condition' } },
        ),
      },
    },
  }));

  test('a service account that only a trust policy names', () => {
    expect(nodeOf(graph, 'job')).toMatchObject({ column: 'account', isElsewhere: true });
    expect(edgeLines(graph, 'job -> ')).toEqual(['job -> Shared by the trust of the role alone: ALLOWED']);
  });

  test('AWS accounts and their roles', () => {
    expect(edgeLines(graph, '-> Partner')).toEqual([
      'arn:aws:iam::555566667777:role/cd -> Partner by its trust policy: UNKNOWN',
      'arn:aws:iam::555566667777:role/ci -> Partner by its trust policy: ALLOWED',
      'arn:aws:iam::999988887777:root -> Partner by its trust policy: UNKNOWN',
      'whoever role Partner trusts -> Partner by its trust policy: ALLOWED',
      // the template does not show in which account it is deployed
    ]);
    expect(nodeOf(graph, 'arn:aws:iam::999988887777:root')).toMatchObject({ kind: 'AWS account', isElsewhere: true, group: 'outside the templates' });
  });
});

test('other nodes are unknown, with the option that settles it', () => {
  const Resources = {
    Reader: role(podIdentityTrust(), allow('sqs:SendMessage')),
    Association: association('reader', 'Reader', { ClusterName: 'imported' }),
  };
  const graph = graphOf({ stack: { Resources } });
  expect(edgeLines(graph, 'reader ->')).toContain('reader -> role of other nodes: UNKNOWN');
  expect(edgeOf(graph, 'reader -> role of other nodes: UNKNOWN').settledBy).toEqual([expect.stringContaining('--assume-no-other-nodes')]);
  expect(nodeOf(graph, 'role of other nodes', 'role of other nodes').isElsewhere).toBe(true);
});

test('what depends on a condition says on which', () => {
  const { stack } = clusterTemplate({
    Reader: { ...accountRole('default:reader', allow('sqs:SendMessage')), Condition: 'IsProd' },
    Objects: objects(account('reader')),
  });
  const graph = graphOf({ stack: { ...stack, Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } } });
  const edge = edgeOf(graph, 'reader -> Reader by the trust of the role alone: UNKNOWN');
  expect(edge.settledBy.join('; ')).toMatch(/with IsProd.*, the outcome is (ALLOWED|DENIED)/);
});

test('violations of rules are at the role that has them', () => {
  const graph = graphOf(clusterTemplate({ Reader: accountRole('default:reader', allow('*')), Objects: objects(account('reader', 'Reader')) }));
  expect(nodeOf(graph, 'Reader').findings.map(({ what }) => what)).toEqual([expect.stringContaining('administrator-pods: ')]);
  expect(graph.findings).toEqual([]);
});

test('a macro, which can change everything, is a finding about the whole, and makes all credentials and permissions unknown', () => {
  const graph = graphOf(clusterTemplate({ Reader: accountRole('default:reader', allow('sqs:SendMessage')), Objects: objects(account('reader', 'Reader')) }, { Transform: 'Other' }));
  expect(graph.findings.map(({ what }) => what)).toEqual([expect.stringContaining('changesNothing')]);
  expect(edgeLines(graph, 'reader -> Reader')).toEqual(['reader -> Reader by IRSA: UNKNOWN']);
  expect(edgeLines(graph, 'Reader -> ')).toEqual(['Reader -> SendMessage on *: UNKNOWN']);
  expect(edgeOf(graph, 'Reader -> SendMessage on *: UNKNOWN').settledBy).toEqual([expect.stringContaining('changesNothing')]);
});

test('the order does not depend on how templates are written', () => {
  const one = { Reader: accountRole('default:reader', allow('sqs:SendMessage')), Writer: accountRole('default:writer', allow('sns:Publish')) };
  const both = (resources: object) => graphOf(clusterTemplate({ ...resources, Objects: objects(account('reader', 'Reader'), account('writer', 'Writer')) }));
  expect(both(one)).toEqual(both({ Writer: one.Writer, Reader: one.Reader }));
});

describe('compared', () => {
  const app = (...statements: any[]) => PodAccess.fromTemplates(clusterTemplate({ Reader: accountRole('default:reader', ...statements), Objects: objects(account('reader', 'Reader')) }));
  const compared = (before: PodAccess, after: PodAccess) =>
    after._internal.comparedGraph(before._internal, { changes: AccessDiff.between(before, after).changes, assumed: [] }, ['old', 'new']);

  test('what was gained and lost is on the edges and the nodes', () => {
    const graph = compared(app(allow('sqs:SendMessage')), app(allow('sns:Publish')));
    expect(graph).toMatchObject({ isComparison: true, title: 'old and new' });
    expect(edgeLines(graph, 'Reader -> ')).toEqual(['Reader -> Publish on *: ALLOWED, gained', 'Reader -> SendMessage on *: ALLOWED, lost']);
    expect(nodeOf(graph, 'SendMessage on *').change).toBe('lost');
    expect(nodeOf(graph, 'reader').findings.map(({ what }) => what)).toEqual([
      'Gained: role Reader is allowed sns:Publish on * by inline policy "own"', 'Lost: role Reader is no longer allowed sqs:SendMessage on * by inline policy "own"',
    ]);
  });

  test('the same statements in another form are no change', () => {
    const graph = compared(app(allow(['sqs:SendMessage', 'sqs:ListQueues'])), app(allow('sqs:ListQueues'), allow('sqs:SendMessage')));
    expect(graph.edges.filter(({ change }) => change !== undefined).map((edge) => edgeLine(graph, edge))).toEqual([]);
    expect(graph.nodes.filter(({ change }) => change !== undefined)).toEqual([]);
  });
});
