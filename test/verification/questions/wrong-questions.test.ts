import { App, Stack } from 'aws-cdk-lib';
import { verification } from '../../../lib';
import { account, accountRole, association, clusterTemplate, job, objects, podIdentityTrust, role, trustOf } from '../templates';

const { PodAccess } = verification;
const BUCKET = 'arn:aws:s3:::bucket';
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), ...resources }, sections));

describe('the error names the fix for', () => {
  const access = read({ Role: accountRole('default:app'), Jobs: objects(job('sync', 'app')) });
  const two = PodAccess.fromTemplates({ one: clusterTemplate().stack, other: { Resources: { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'dev' } } } } });
  const pod = access.pod({ serviceAccountName: 'app' });

  test.each<[string, () => unknown, string]>([
    ['a wildcard in an action', () => pod.decide('s3:Get*'), 'the action s3:Get* has a wildcard: ask about one action at a time'],
    ['an action without service', () => pod.decide('GetObject'), 'the action "GetObject" must be a service prefix and an action name, for example s3:GetObject'],
    ['a misspelled action', () => pod.assertDenied('s3:GetObjct'), 'AWS documents no action s3:GetObjct: did you mean s3:GetObject?'],
    ['an undocumented action', () => pod.assertDenied('quantumledger:TeleportObject'), 'AWS documents no action quantumledger:TeleportObject. Names of API operations can differ '
      + 'from those of actions: see the Service Authorization Reference. If AWS has added it after this version was released, pass undocumentedAction: true'],
    ['an operation of the API', () => pod.assertDenied('s3:HeadObject'), 's3:HeadObject is an operation of the API, and not an action: it needs the permission for s3:GetObject'],
    ['a bucket for an action on objects', () => pod.assertDenied('s3:GetObject', { resource: BUCKET }),
      's3:GetObject does not apply to arn:aws:s3:::bucket: the resource must match '],
    ['a wildcard for an action on objects', () => pod.assertDenied('s3:GetObject', { resource: '*' }), 's3:GetObject does not apply to *: to ask about any resource, omit it'],
    ['a resource for an action without one', () => pod.assertDenied('s3:ListAllMyBuckets', { resource: BUCKET }), 's3:ListAllMyBuckets takes no resource: omit it'],
    ['a misspelled service account', () => access.pod({ serviceAccountName: 'ap' }), 'no template defines service account default/ap of cluster prod, associates it with a role, or names it in a trust policy: '
      + 'the templates have default/app. If something else creates it, pass definedElsewhere: true'],
    ['a misspelled service account whose role does not trust it', () => PodAccess.fromTemplates(clusterTemplate({
      Role: { ...role({}), Properties: { RoleName: 'app', AssumeRolePolicyDocument: trustOf('default:app') } },
    })).assume({ parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'ap', annotatedRoleArn: 'arn:aws:iam::111122223333:role/app' }), 'no template defines service account default/ap of cluster prod'],
    ['a misspelled namespace', () => access.pod({ namespace: 'defualt', serviceAccountName: 'app' }), 'no template defines service account defualt/app of cluster prod'],
    ['a job of another name', () => access.workload({ kind: 'Job', name: 'synk' }), 'Job default/synk is not among the workloads of cluster prod: the templates have Job default/sync'],
    ['a nodegroup of another name', () => access.nodegroup({ nodegroupName: 'node' }), 'nodegroup node is not in cluster prod: the templates have nodes'],
    ['no cluster among several', () => two.pod({ serviceAccountName: 'app' }), 'the templates have several clusters: pass one of them as the option cluster: prod, dev'],
    ['a cluster of another name', () => two.pod({ serviceAccountName: 'app', cluster: 'production' }), 'cluster production is not in the templates: the templates have prod, dev'],
    ['no cluster', () => PodAccess.fromTemplates({ stack: { Resources: {} } }).pod({ serviceAccountName: 'app' }), 'the templates have no cluster: also read the templates of the stack that creates or names it'],
    ['a role of another name', () => access.trustPolicyNamed('Rolle'), 'role Rolle is not in the templates: the templates have Role, NodeRole'],
    ['a construct without role', () => access.trustPolicyOf(new Stack(new App(), 'Empty')), 'Empty has no role: pass the construct that creates the role'],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(message);
  });

  describe('a resource of the templates whose name only the deployment knows:', () => {
    const Parameters = { Name: { Type: 'String' } };
    const named = read({
      Role: accountRole('default:app'),
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } },
      Generated: { Type: 'AWS::S3::Bucket' },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'Name' } } },
      Other: { ...role({}), Properties: { RoleName: 'other', Path: { Ref: 'Name' }, AssumeRolePolicyDocument: trustOf('default:app') } },
    }, { Parameters });
    const decide = (action: string, name: string) => named.pod({ serviceAccountName: 'app' })._decideOn(named._internal.resource(name).named, action, {});

    test('a test can name it as the command does', () => {
      const ask = (action: string, resource: string) => named.pod({ serviceAccountName: 'app' }).decide(action, { resource });
      expect(ask('s3:GetObject', 'Bucket/*').toString()).toContain('s3:GetObject on arn:${AWS::Partition}:s3:::${Name}/*');
      expect(ask('s3:GetObject', 'Bucket/*').outcome).toBe('DENIED');
      named.assertOnly('s3:GetObject', { resource: 'stack/Generated/*', principals: [] });
    });

    test.each<[string, string, string]>([
      ['s3:GetObject', 'arn:${AWS::Partition}:s3:::${Bucket}/*', 'resource has ${AWS::Partition} as text, which refers to nothing: name the resource by the path of its construct or by its logical ID'],
      ['s3:GetObject', 'Buket/*', 'Buket/* is neither an ARN, nor the path of a construct or the logical ID of a resource: did you mean Bucket/*?'],
      ['s3:GetObject', 'Reports', 'Reports is neither an ARN, nor the path of a construct or the logical ID of a resource: the templates have '],
      ['s3:DeleteBucket', 'Bucket/*', '. To ask about what contains it, omit /*'],
    ])('%s on %s cannot be asked about', (action, resource, message) => {
      expect(() => named.pod({ serviceAccountName: 'app' }).decide(action, { resource })).toThrow(message);
    });

    test('a path can have slashes', () => {
      expect(decide('iam:PassRole', 'Other').outcome).toBe('DENIED');
    });

    test.each([['s3:GetObject', 'Bucket'], ['s3:GetObject', 'Generated']])('%s of %s needs its objects', (action, name) => {
      expect(() => decide(action, name)).toThrow(/^s3:GetObject does not apply to arn:.*\. To ask about all that it contains, add \/\*$/);
      expect(decide(action, `${name}/*`).outcome).toBe('DENIED');
    });

    test.each([['s3:ListBucket', 'Bucket/*'], ['s3:ListBucket', 'Generated/*'], ['s3:GetObject', 'Table']])('%s is not about %s', (action, name) => {
      expect(() => decide(action, name)).toThrow(`${action} does not apply to arn:`);
    });

    test.each([['s3:ListBucket', 'Bucket'], ['dynamodb:GetItem', 'Table'], ['dynamodb:Query', 'Table/index/*']])('%s is about %s', (action, name) => {
      expect(decide(action, name).outcome).toBe('DENIED');
    });
  });

  test('a cluster whose name the templates do not show', () => {
    const Association = association('app', 'Role', { ClusterName: { Ref: 'ClusterName' }, RoleArn: 'arn:aws:iam::111122223333:role/app' });
    const unnamed = PodAccess.fromTemplates({ stack: { Parameters: { ClusterName: { Type: 'String' } }, Resources: { Association } } });
    expect(() => unnamed.pod({ serviceAccountName: 'app', cluster: 'blue' })).toThrow(
      'The templates do not show the name of ${ClusterName}: to ask about this cluster, pass \'${ClusterName}\', or omit the cluster');
    expect(unnamed.pod({ serviceAccountName: 'app', cluster: '${ClusterName}' }).row.cluster).toBe('${ClusterName}');
  });

  test('a resource of the templates that is stated to have no policy, and has one', () => {
    const named = read({
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } },
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/*` }] } },
      },
    }).assume({ parameters: { 'AWS::Region': 'us-west-2' } });
    for (const arn of [BUCKET, `${BUCKET}/*`]) {
      expect(() => named.assume({ resourcesWithoutPolicy: ['arn:aws:s3:::other', arn] })).toThrow(`resourcesWithoutPolicy[1] is ${arn}, which has a policy in the templates: remove it`);
    }
    expect(() => named.assume({ resourcesWithoutPolicy: [`${BUCKET}*`] })).not.toThrow();
  });

  test('several clusters with one logical ID, of which the ID names none', () => {
    const unnamed = (stack: string) => ({ [stack]: { Resources: { Cluster: { Type: 'AWS::EKS::Cluster', Properties: {} } } } });
    const both = PodAccess.fromTemplates({ ...unnamed('one'), ...unnamed('two') });
    expect(() => both.pod({ serviceAccountName: 'app' })).toThrow('pass one of them as the option cluster: one/Cluster, two/Cluster');
    expect(() => both.pod({ serviceAccountName: 'app', cluster: 'Cluster' })).toThrow('Cluster names several clusters: pass one of them as the option cluster: one/Cluster, two/Cluster');
  });

  test('with several clusters, each has its own pods', () => {
    two.assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app', cluster: 'dev', definedElsewhere: true }).assertDenied('s3:ListAllMyBuckets');
    two.nodegroup({ nodegroupName: 'nodes', cluster: 'prod' }).assertAllowed('sqs:ListQueues');
  });

  test.each<[string, object]>([
    ['defines', { Objects: objects(account('other', 'Role')) }],
    ['names in a trust policy', { Other: accountRole('default:other') }],
    ['names in the session tags of a trust policy', {
      Other: role(podIdentityTrust({
        StringEquals: {
          'aws:RequestTag/eks-cluster-name': 'prod', 'aws:RequestTag/kubernetes-namespace': 'default', 'aws:RequestTag/kubernetes-service-account': 'other',
        },
      })),
    }],
  ])('with several clusters, an account that the templates %s for another one cannot be asked about', (_, resources) => {
    const templates = clusterTemplate({ Role: accountRole('default:app'), Dev: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'dev' } }, ...resources });
    PodAccess.fromTemplates(templates).pod({ serviceAccountName: 'other', cluster: 'prod' }).assertDenied('s3:ListAllMyBuckets');
    expect(() => PodAccess.fromTemplates(templates).pod({ serviceAccountName: 'other', cluster: 'dev' })).toThrow('no template defines service account default/other of cluster dev');
    expect(() => PodAccess.fromTemplates(clusterTemplate({ ...templates.stack.Resources, Objects: objects(account('same')) })).pod({ serviceAccountName: 'same', cluster: 'dev' }))
      .toThrow('default/same of cluster prod');
  });

  test.each<[string, object, verification.PodSelection]>([
    ['that a template defines', { Objects: objects(account('other')) }, { serviceAccountName: 'other' }],
    ['of a workload', { Objects: objects(job('sync', 'other')) }, { serviceAccountName: 'other' }],
    ['of an association', { Association: association('other', 'NodeRole') }, { serviceAccountName: 'other' }],
    ['that a trust policy names', { Other: accountRole('default:other') }, { serviceAccountName: 'other' }],
    ['that a pattern of a trust policy matches', { Other: { ...role({}), Properties: { AssumeRolePolicyDocument: trustOf('team-*:other', { operator: 'StringLike' }) } } }, { namespace: 'team-a', serviceAccountName: 'other' }],
    ['that the session tags of a trust policy name', { Other: role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'default', 'aws:RequestTag/kubernetes-service-account': 'other' } })) },
      { serviceAccountName: 'other' }],
    ['that the session tags of a trust policy name, beside a condition that excludes another cluster', {
      Other: role(podIdentityTrust({
        StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'default', 'aws:RequestTag/kubernetes-service-account': 'other' },
        StringNotEquals: { 'aws:RequestTag/eks-cluster-name': 'dev' },
        Null: { 'aws:RequestTag/eks-cluster-name': 'false' },
      })),
    }, { serviceAccountName: 'other' }],
    ['that Kubernetes creates in each namespace', {}, { namespace: 'other', serviceAccountName: 'default' }],
    ['that something else creates', {}, { serviceAccountName: 'other', definedElsewhere: true }],
    ['whose role you tell, which is not in the templates', {}, { serviceAccountName: 'other', annotatedRoleArn: 'arn:aws:iam::111122223333:role/other' }],
  ])('an account can be asked about %s', (_, resources, options) => {
    expect(read({ Role: accountRole('default:app'), ...resources }).pod(options).name).toBe(`pods of service account ${options.namespace ?? 'default'}/${options.serviceAccountName}`);
  });

  test('an account that exists under some conditions can be asked about', () => {
    const sections = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };
    read({ Objects: { ...objects(account('other')), Condition: 'IsProd' } }, sections).pod({ serviceAccountName: 'other' }).assertDenied('s3:ListAllMyBuckets');
  });

  test('an undocumented action gets an answer with a note if you say that it is one', () => {
    expect(pod.decide('s3:GetObjects', { undocumentedAction: true }).outcome).toBe('DENIED');
    expect(pod.decide('quantumledger:TeleportObject', { undocumentedAction: true }).toString()).toContain('Note: AWS did not document the action quantumledger:TeleportObject when this version was released');
  });
});

describe('a question that is wrong under one value of a condition', () => {
  const conditional = (resources: object) => PodAccess.fromTemplates(clusterTemplate(resources, {
    Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  }));

  test('is refused: there are several clusters', () => {
    const access = conditional({ Other: { Type: 'AWS::EKS::Cluster', Condition: 'IsProd', Properties: { Name: 'other' } } });
    expect(() => access.pod({ serviceAccountName: 'app' })).toThrow('the templates have several clusters: pass one of them as the option cluster: prod, other');
  });

  test('is refused: the service account has an annotation already', () => {
    const access = conditional({ Objects: { ...objects(account('app')), Condition: 'IsProd' } });
    expect(() => access.pod({ serviceAccountName: 'app', annotatedRoleArn: 'arn:aws:iam::111122223333:role/app' })).toThrow('omit annotatedRoleArn');
  });

  test('is refused: several roles have the name', () => {
    const { Type, Properties } = role({});
    const named = (path: string) => ({ Type, Properties: { ...Properties, RoleName: 'app', Path: path } });
    const access = conditional({ One: named('/'), Other: { ...named('/other/'), Condition: 'IsProd' } });
    expect(() => access.trustPolicyNamed('app')).toThrow('app names several roles: pass one of stack/One, stack/Other');
  });
});
