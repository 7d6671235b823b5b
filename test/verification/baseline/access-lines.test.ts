import { accessAfter, Change, object } from '../diff/app';

const lines = (change?: Change) => accessAfter(change)._internal.lines;
const policyOf = (role: any) => role.Properties.Policies[0].PolicyDocument;
const CLUSTER = 'cluster App/Cluster';
const POD = `pods of service account default/reader in ${CLUSTER}`;
const onlyIn = (one: readonly string[], other: readonly string[]) => one.filter((line) => !other.includes(line));

/** What a change adds to the lines, and what it takes away. */
function changed(change: Change, from?: Change): { added: string[]; gone: string[] } {
  const [before, after] = [lines(from), lines(change)];
  return { added: onlyIn(after, before), gone: onlyIn(before, after) };
}

test('all access has a line: who gets credentials, what roles allow, deny and are limited to, and whom they trust', () => {
  expect(lines()).toEqual([
    `${CLUSTER}: is named, with its account and its Region, "prod \${/AWS::AccountId} \${/AWS::Region}"`,
    `nodes of App/Nodes in ${CLUSTER}: can get credentials of role App/NodeRole by "node role"`,
    `${POD}: can get credentials of role App/Reader by IRSA`,
    'role App/NodeRole: allows ecr:BatchGetImage on *',
    'role App/NodeRole: has the ARN arn:${/AWS::Partition}:iam::${/AWS::AccountId}:role/${App/NodeRole/RoleName}',
    'role App/NodeRole: trust policy allows Service ec2.amazonaws.com to sts:AssumeRole',
    'role App/Reader: allows s3:GetObject on arn:${/AWS::Partition}:s3:::${App/Reports/BucketName}*',
    'role App/Reader: allows s3:ListBucket on arn:${/AWS::Partition}:s3:::${App/Reports/BucketName}*',
    'role App/Reader: denies s3:* on arn:aws:s3:::secret/*',
    'role App/Reader: has the ARN arn:${/AWS::Partition}:iam::${/AWS::AccountId}:role/${App/Reader/RoleName}',
    'role App/Reader: is limited by a permissions boundary',
    'role App/Reader: permissions boundary allows s3:* on *',
    'role App/Reader: trust policy allows Federated arn:${/AWS::Partition}:iam::${/AWS::AccountId}:oidc-provider/${App/Cluster/IssuerHost}/id/${App/Cluster/IssuerId}'
      + ' to sts:AssumeRoleWithWebIdentity if StringEquals ${App/Cluster/IssuerHost}/id/${App/Cluster/IssuerId}:aud = sts.amazonaws.com'
      + ' and StringEquals ${App/Cluster/IssuerHost}/id/${App/Cluster/IssuerId}:sub = system:serviceaccount:default:reader',
  ]);
});

describe('lines stay the same', () => {
  test.each<[string, Change]>([
    ['another order and grouping of statements', ({ Reader }) => {
      const [allow, deny] = policyOf(Reader).Statement;
      policyOf(Reader).Statement = [deny, { ...allow, Sid: 'List', Action: 's3:ListBucket' }, { ...allow, Action: ['s3:GetObject'] }];
    }],
    ['another name of a policy', ({ Reader }) => Reader.Properties.Policies[0].PolicyName = 'other'],
    ['another workload of the same account', ({ Pods }) => Pods.Properties.Objects.push(object('Pod', 'more', { spec: { serviceAccountName: 'reader' } }))],
    ['a resource that has nothing to do with access', (resources) => resources.Alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: 1 } }],
    ['a new service account whose pods get no credentials', ({ Pods }) => Pods.Properties.Objects.push(object('ServiceAccount', 'idle', {}))],
    ['a role for an AWS service that gives no credentials to pods', (resources) => resources.Function = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
        Policies: [{ PolicyName: 'all', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
      },
    }],
  ])('with %s', (_, change) => {
    expect(lines(change)).toEqual(lines());
  });

  test('with one more cluster, which adds lines only', () => {
    const other: Change = (resources) => resources.Other = { Type: 'AWS::EKS::Cluster', Properties: { Name: 'test' } };
    expect(changed(other)).toEqual({ added: ['cluster App/Other: is named, with its account and its Region, "test ${/AWS::AccountId} ${/AWS::Region}"'], gone: [] });
  });
});

describe('a workload that gets nothing has a line if others of its account get something', () => {
  const idle = object('ServiceAccount', 'idle', {});
  const pod = (name: string, more = {}) => object('Pod', name, { spec: { serviceAccountName: 'idle', ...more } });
  const having = (...objects: string[]): Change => ({ Pods }) => Pods.Properties.Objects = objects;
  const nothing = `pods of Pod default/a in ${CLUSTER}: can get no credentials`;

  test('so that the network of its node is seen', () => {
    const [before, after] = [{}, { hostNetwork: true }].map((more) => having(idle, pod('a', more), pod('b', { hostNetwork: true })));
    expect(changed(after, before)).toEqual({ added: [], gone: [nothing] });
  });

  test('so that the end of its Fargate profile is seen', () => {
    const onFargate = (isOnFargate: boolean): Change => (resources, template) => {
      having(idle, pod('a'))(resources, template);
      resources.LaunchTemplate.Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit = 2;
      if (isOnFargate) {
        const role = 'arn:aws:iam::111122223333:role/fargate';
        resources.Fargate = { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: role, Selectors: [{ Namespace: 'default' }] } };
        resources.Pods.DependsOn = 'Fargate';
      }
    };
    expect(changed(onFargate(false), onFargate(true)).gone).toContain(nothing);
  });
});

test('a new nodegroup has a line, whatever its role may do', () => {
  const nodes: Change = (resources) => resources.More = structuredClone(resources.Nodes);
  expect(changed(nodes)).toEqual({ added: [`nodes of App/More in ${CLUSTER}: can get credentials of role App/NodeRole by "node role"`], gone: [] });
});

test('the reach of the instance metadata has lines, also where the templates have no service account', () => {
  const without = (limit: number): Change => (resources) => {
    delete resources.Account;
    delete resources.Pods;
    resources.LaunchTemplate.Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit = limit;
  };
  expect(changed(without(2), without(1))).toEqual({ added: [`nodes of App/Nodes in ${CLUSTER}: pods can reach the instance metadata`], gone: [] });
});

test('a role with a name is named by its ARN, which policies elsewhere can name', () => {
  const rename = (RoleName: string): Change => ({ Reader }) => Reader.Properties.RoleName = RoleName;
  const { added } = changed(rename('reader'));
  expect(added).toContain('role arn:${/AWS::Partition}:iam::${/AWS::AccountId}:role/reader: allows s3:GetObject on arn:${/AWS::Partition}:s3:::${App/Reports/BucketName}*');
  expect(lines(rename('other'))).not.toEqual(lines(rename('reader')));
});

test('a managed policy of AWS is one line', () => {
  const { added } = changed(({ NodeRole }) => NodeRole.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy']);
  expect(added).toEqual(['role App/NodeRole: has the managed policy AmazonEKSWorkerNodePolicy of AWS']);
});

test('above a bound, a statement is one line, in which the order does not matter', () => {
  const names = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const statement = (actions: string[]): Change => ({ NodeRole }) => policyOf(NodeRole).Statement = { Effect: 'Allow', Action: actions, Resource: names(20, 'arn:aws:s3:::b') };
  const actions = names(20, 's3:Get');
  expect(changed(statement(actions)).added).toHaveLength(1);
  expect(changed(statement(actions.slice(0, 10))).added).toHaveLength(200);
  expect(lines(statement([...actions].reverse()))).toEqual(lines(statement(actions)));
});

test('what depends on a condition says so, and conditions have lines', () => {
  const conditional: Change = ({ Reader }, template) => {
    template.Parameters = { Stage: { Type: 'String' } };
    template.Conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
    policyOf(Reader).Statement[0].Action = { 'Fn::If': ['IsProd', ['s3:GetObject', 's3:ListBucket'], 's3:*'] };
  };
  const [yes, no] = ['is', 'is not'].map((is) => JSON.stringify(`IsProd (\${Stage} ${is} "prod")`));
  const bucket = 'arn:${/AWS::Partition}:s3:::${App/Reports/BucketName}*';
  expect(changed(conditional)).toEqual({
    added: [
      `conditions: ${yes}`, `conditions: ${no}`, ...['s3:*', 's3:GetObject', 's3:ListBucket'].map((action, i) => `role App/Reader: allows ${action} on ${bucket} where ${i === 0 ? no : yes}`),
    ].sort(),
    gone: ['s3:GetObject', 's3:ListBucket'].map((action) => `role App/Reader: allows ${action} on ${bucket}`),
  });
});

test('assumptions have lines, because other assumptions give other access', () => {
  const access = accessAfter();
  expect(onlyIn(access.assume({ noOtherNodes: true })._internal.lines, access._internal.lines)).toEqual(['assumed: "clusters have no nodes but those in the templates"']);
});

test('credentials that the templates do not show have a line', () => {
  const env = [{ name: 'AWS_ACCESS_KEY_ID', value: 'A' }];
  const pod = object('Pod', 'reports', { spec: { serviceAccountName: 'reader', containers: [{ name: 'main', env }] } });
  expect(changed(({ Pods }) => Pods.Properties.Objects[0] = pod)).toEqual({
    added: [
      `${POD}: might get other credentials: "Pod default/reports sets the environment variable AWS_ACCESS_KEY_ID, `
        + 'and so its containers may use other credentials than those of the service account"',
    ],
    gone: [],
  });
});

describe('what is not read', () => {
  const bus = (Principal: string): Change => (resources) => resources.Bus = {
    Type: 'AWS::Events::EventBusPolicy', Properties: { StatementId: 'all', Statement: { Effect: 'Allow', Principal, Action: 'events:PutEvents', Resource: '*' } },
  };

  test('has a line, which changes if that changes', () => {
    const [line] = changed(bus('111122223333')).added;
    expect(line).toMatch(/^templates: unread-policy "the permissions of Bus, .*" at App\/Bus [\w-]{43}$/);
    expect(changed(bus('111122223333')).added).toEqual([line]);
    expect(changed(bus('*')).added).not.toEqual([line]);
  });

  test('in a policy has a line, too', () => {
    const { added, gone } = changed(({ Reader }, template) => {
      template.Parameters = { Policy: { Type: 'String' } };
      Reader.Properties.ManagedPolicyArns = [{ Ref: 'Policy' }];
    });
    expect(gone).toEqual([]);
    expect(added).toContainEqual(expect.stringMatching(/^role App\/Reader: might allow or deny anything by "managed policy \$\{Policy\}: managed policy \$\{Policy\} is not in the templates" [\w-]{43}$/));
  });
});

describe('names cannot look like other lines', () => {
  const pod = (name: string, namespace = 'default'): Change => ({ LaunchTemplate, Pods }) => {
    Pods.Properties.Objects = [object('ServiceAccount', name, { metadata: { name, namespace } })];
    LaunchTemplate.Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit = 2;
  };

  test.each<[string, string, string]>([
    ['a line break', 'x\nrole Admin: allows * on *', '"x\\nrole Admin: allows * on *"'],
    ['a direction of writing', 'x\u202ey', '"x\\u{202e}y"'],
    ['a comment', 'x  # approved', '"x  \\u{23} approved"'],
    ['quotation marks', '"x" in y', '"\\"x\\" in y"'],
    ['a slash', 'a/\u202eb', '"a\\u{2f}\\u{202e}b"'],
    ['nothing', '', '""'],
  ])('with %s', (_, name, word) => {
    expect(changed(pod(name)).added).toContain(`pods of service account default/${word} in ${CLUSTER}: can get credentials of role App/NodeRole by "instance metadata"`);
  });

  test('with a text like that of a value that only the deployment knows', () => {
    const literal: Change = ({ Reader }) => policyOf(Reader).Statement[0].Resource = 'arn:${/AWS::Partition}:s3:::${App/Reports/BucketName}*';
    expect(changed(literal).added.every((line) => line.includes('\\${App/Reports/BucketName}'))).toBe(true);
    expect(changed(literal).gone).toHaveLength(2);
  });
});
