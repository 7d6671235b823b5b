import { accessAfter, Change, object } from './app';
import { gainedBy, lines, lostBy } from './differences';
import { AccessDiff } from '../../../lib/verification/access-diff';

const PODS = 'pods of service account default/reader and pods of Pod default/reports';
const BUCKET = 'arn:${AWS::Partition}:s3:::${Reports}';
const policyOf = (role: any) => role.Properties.Policies[0].PolicyDocument;

/** The role may write to the bucket, too, and how that is reported. */
const allowPut: Change = ({ Reader }) => policyOf(Reader).Statement[0].Action.push('s3:PutObject');
const PUT = `role Reader is allowed s3:PutObject on ${BUCKET}* by inline policy "read"`;

const removeAccount: Change = (resources) => {
  delete resources.Account;
  delete resources.Pods;
};
const inOrder = (...changes: Change[]): Change => (resources, template) => changes.forEach((change) => change(resources, template));

const TRUST = 'Federated arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/${Cluster.IssuerHost}/id/${Cluster.IssuerId} to sts:AssumeRoleWithWebIdentity, '
  + 'if StringEquals ${Cluster.IssuerHost}/id/${Cluster.IssuerId}:aud = sts.amazonaws.com and StringEquals ${Cluster.IssuerHost}/id/${Cluster.IssuerId}:sub = system:serviceaccount';
const NODE_ROLE = ['gets credentials of role NodeRole (instance metadata)', 'role NodeRole is allowed ecr:BatchGetImage on * by inline policy "pull"'];

const association = (roleArn: object) => ({
  Type: 'AWS::EKS::PodIdentityAssociation',
  Properties: { ClusterName: { Ref: 'Cluster' }, Namespace: 'default', ServiceAccount: 'other', RoleArn: roleArn },
});

test('what a policy of the templates allows is listed in full, and of a managed policy of AWS, a part is enough', () => {
  const actions = ['s3:Abort*', 's3:DeleteObject*', 's3:PutObject', 's3:PutObjectLegalHold', 's3:PutObjectRetention'];
  expect(lines(gainedBy(({ Reader }) => policyOf(Reader).Statement[0].Action.push(...actions))).join())
    .toContain(`role Reader is allowed ${actions.join(', ')} on ${BUCKET}* by inline policy "read"`);
  const resources = Array.from({ length: 101 }, (_, i) => `arn:aws:s3:::b${i}`);
  expect(lines(gainedBy(({ Reader }) => policyOf(Reader).Statement.push({ Effect: 'Allow', Action: 's3:PutObject', Resource: resources }))).join())
    .toContain(`role Reader is allowed s3:PutObject on ${resources.join(', ')} by inline policy "read"`);
  expect(lines(gainedBy(({ Reader }) => Reader.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy'])).join())
    .toMatch(/DescribeSecurityGroups and \d+ more actions on \* by AmazonEKSWorkerNodePolicy/);
});

test('the same templates have no differences', () => {
  expect(lines(gainedBy(() => {}))).toEqual([]);
  expect(gainedBy(() => {}).broadens).toBe(false);
});

test.each<[string, Change, string[], string[]]>([
  ['a policy that allows more', allowPut,
    [`GAINED ${PODS}: ${PUT}`],
    [`LOST ${PODS}: role Reader is no longer allowed s3:PutObject on ${BUCKET}* by inline policy "read"`]],
  ['a denial that is gone', ({ Reader }) => policyOf(Reader).Statement.pop(),
    [`GAINED ${PODS}: role Reader is no longer denied s3:* on arn:aws:s3:::secret/* by inline policy "read"`],
    [`LOST ${PODS}: role Reader is denied s3:* on arn:aws:s3:::secret/* by inline policy "read"`]],
  ['a boundary that is gone', ({ Reader }) => delete Reader.Properties.PermissionsBoundary,
    [`GAINED ${PODS}: the permissions boundary of role Reader is gone`],
    [`LOST ${PODS}: the permissions boundary of role Reader is new`]],
  ['a boundary that allows more', ({ Boundary }) => Boundary.Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
    [`GAINED ${PODS}: the permissions boundary of role Reader allows sqs:* on * by managed policy Boundary`],
    [`LOST ${PODS}: the permissions boundary of role Reader no longer allows sqs:* on * by managed policy Boundary`]],
  ['a trust policy that admits more subjects', ({ Reader }) => {
    const sub = Reader.Properties.AssumeRolePolicyDocument['Fn::Sub'];
    sub[0] = sub[0].replace('"system:serviceaccount:default:reader"', '["system:serviceaccount:default:reader","system:serviceaccount:default:other"]');
  },
  [`GAINED trust policy of role Reader: allows ${TRUST}:default:other`],
  [`LOST trust policy of role Reader: no longer allows ${TRUST}:default:other`]],
  ['a higher hop limit', ({ LaunchTemplate }) => LaunchTemplate.Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit = 2,
    NODE_ROLE.map((what) => `GAINED ${PODS}: ${what}`),
    [`LOST ${PODS}: no longer ${NODE_ROLE[0]}`]],
  ['a pod on the network of its node', ({ Pods }) => Pods.Properties.Objects[0] = object('Pod', 'reports', { spec: { serviceAccountName: 'reader', hostNetwork: true } }),
    NODE_ROLE.map((what) => `GAINED ${PODS}: ${what}`),
    [`LOST ${PODS}: no longer ${NODE_ROLE[0]}`]],
  ['a resource policy that allows more', (resources) => resources.ReportsPolicy = {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Reports' },
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: { 'Fn::GetAtt': ['Reports', 'Arn'] } }] },
    },
  },
  [`GAINED policy of AWS::S3::Bucket Reports: allows AWS * to s3:GetObject on ${BUCKET}`],
  [`LOST policy of AWS::S3::Bucket Reports: no longer allows AWS * to s3:GetObject on ${BUCKET}`]],
])('%s', (_, change, gained, lost) => {
  expect(lines(gainedBy(change))).toEqual(gained);
  expect(gainedBy(change).broadens).toBe(true);
  expect(lines(lostBy(change))).toEqual(lost);
  expect(lostBy(change).broadens).toBe(false);
});

test('a change has its place in the template', () => {
  const [change] = gainedBy(allowPut).changes;
  expect(change.place).toEqual({ template: 'App', logicalId: 'Reader', path: 'Properties.Policies[0].PolicyDocument.Statement[0]' });
});

test('a new annotation gives the pods of another account credentials', () => {
  const annotate: Change = (resources) => {
    const trust = resources.Reader.Properties.AssumeRolePolicyDocument['Fn::Sub'];
    trust[0] = trust[0].replace('default:reader', 'default:*').replace('"StringEquals"', '"StringLike"');
    resources.Other = structuredClone(resources.Account);
    resources.Other.Properties.Objects[0].Json = resources.Other.Properties.Objects[0].Json.replaceAll('"reader"', '"other"');
  };
  expect(lines(gainedBy(annotate))).toEqual(expect.arrayContaining([
    'GAINED pods of service account default/other: gets credentials of role Reader (IRSA)',
    `GAINED pods of service account default/other: role Reader is allowed s3:GetObject, s3:ListBucket on ${BUCKET}* by inline policy "read"`,
  ]));
});

test('a new association gives the pods of its account credentials', () => {
  const trustPods: Change = ({ Reader, NodeRole }) => {
    NodeRole.Properties.Policies[0].PolicyDocument.Statement.Action = 'eks-auth:AssumeRoleForPodIdentity';
    Reader.Properties.AssumeRolePolicyDocument = {
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }],
    };
  };
  const associate: Change = (resources, template) => {
    trustPods(resources, template);
    resources.Association = association({ 'Fn::GetAtt': ['Reader', 'Arn'] });
  };
  const diff = AccessDiff.between(accessAfter(trustPods), accessAfter(associate));
  expect(lines(diff)).toContain('GAINED pods of service account default/other: gets credentials of role Reader (EKS Pod Identity)');
  expect(diff.changes[0].place).toEqual({ template: 'App', logicalId: 'Association' });
});

describe('what is not known', () => {
  const withUnknown: Change = ({ Reader }, template) => {
    template.Parameters = { Policy: { Type: 'String' } };
    Reader.Properties.ManagedPolicyArns = [{ Ref: 'Policy' }];
  };

  test('is broader if it was known before', () => {
    expect(lines(gainedBy(withUnknown))).toContainEqual(expect.stringMatching(/^UNKNOWN pods of service account default\/reader and pods of Pod default\/reports: not known: managed policy \${Policy}: /));
    expect(gainedBy(withUnknown).broadens).toBe(true);
  });

  test('is shown, but not broader, if it was not known before, and is broader if it is gone, because it may have denied something', () => {
    const diff = AccessDiff.between(accessAfter(withUnknown), accessAfter(withUnknown));
    expect(lines(diff)).toContainEqual(expect.stringContaining(' not known, as before: managed policy ${Policy}: '));
    expect(diff.broadens).toBe(false);
    expect(lines(lostBy(withUnknown))).toContainEqual(expect.stringContaining(' not known before: managed policy ${Policy}: '));
    expect(lostBy(withUnknown).broadens).toBe(true);
  });
});

test('a new object that cannot be read broadens access, because it could be anything', () => {
  const broken: Change = ({ Pods }) => Pods.Properties.Objects.push('{');
  const [line] = lines(gainedBy(broken));
  expect(line).toMatch(/^UNKNOWN templates: unreadable-object: /);
  expect(gainedBy(broken).broadens).toBe(true);
  expect(lines(AccessDiff.between(accessAfter(broken), accessAfter(broken)))).toEqual([]);
});

describe('tags of a role', () => {
  const tagged = (team: string, key: string): Change => ({ Reader }) => {
    Reader.Properties.Tags = [{ Key: 'team', Value: team }];
    policyOf(Reader).Statement[0].Condition = { StringEquals: { [key]: 'reports' } };
  };
  const between = (key: string) => AccessDiff.between(accessAfter(tagged('other', key)), accessAfter(tagged('reports', key)));

  test('can allow more if its policies depend on them', () => {
    expect(lines(between('aws:PrincipalTag/Team'))).toEqual([
      `UNKNOWN ${PODS}: credentials of role Reader (IRSA) have the tag team = reports instead of other, and policies depend on it`,
    ]);
    expect(between('aws:PrincipalTag/Team').broadens).toBe(true);
  });

  test('are no difference otherwise', () => {
    expect(lines(between('aws:PrincipalTag/project'))).toEqual([]);
  });
});

test.each<[string, object]>([
  ['hostPID', { hostPID: true }],
  ['a privileged container', { containers: [{ name: 'main', securityContext: { privileged: true } }] }],
  ['the capability CAP_SYS_ADMIN', { containers: [{ name: 'main', securityContext: { capabilities: { add: ['CAP_SYS_ADMIN'] } } }] }],
])('%s, with which pods may take over their node, broadens access', (what, spec) => {
  const weaken: Change = ({ Pods }) => Pods.Properties.Objects = [object('Pod', 'reports', { spec: { serviceAccountName: 'reader', ...spec } })];
  const diff = gainedBy(weaken);
  expect(lines(diff).join('\n')).toContain(`Pod default/reports has ${what}, and so its containers can get credentials of others on the node`);
  expect(lines(diff).join('\n')).toContain('role NodeRole');
  expect(diff.broadens).toBe(true);
});

describe('what allows the same', () => {
  const rename = (resources: any, template: any): void => {
    resources.Renamed = resources.Reader;
    delete resources.Reader;
    Object.assign(template, JSON.parse(JSON.stringify(template).replaceAll('["Reader","Arn"]', '["Renamed","Arn"]')));
  };
  const asObject: Change = ({ Reader, Provider }) => {
    Provider.Properties.Url = 'https://oidc.example.com/id/A';
    const trust = Reader.Properties.AssumeRolePolicyDocument;
    Reader.Properties.AssumeRolePolicyDocument = JSON.parse(trust['Fn::Sub'][0].replaceAll('${Issuer}', 'oidc.example.com/id/A'), (_, value) => (value === '${Provider}' ? { Ref: 'Provider' } : value));
  };
  const asString: Change = ({ Provider }) => Provider.Properties.Url = 'https://oidc.example.com/id/A';

  test('is no difference: another role with the same policies', () => {
    expect(lines(gainedBy(rename))).toEqual([]);
  });

  test('is no difference: an object instead of a string', () => {
    const [string, asItIs] = [accessAfter(asString), accessAfter(asObject)];
    for (const diff of [AccessDiff.between(string, asItIs), AccessDiff.between(asItIs, string)]) {
      expect(lines(diff).filter((line) => !line.endsWith('the issuer of cluster prod'))).toEqual([]);
      expect(diff.broadens).toBe(false);
    }
  });

  test('is no difference: another workload of the same account', () => {
    const more: Change = ({ Pods }) => Pods.Properties.Objects.push(object('Pod', 'more', { spec: { serviceAccountName: 'reader' } }));
    expect(lines(gainedBy(more))).toEqual([]);
    expect(lines(lostBy(more))).toEqual([]);
  });

  test('is no difference: a role for another AWS service', () => {
    const more: Change = (resources) => resources.Function = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
        Policies: [{ PolicyName: 'all', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
      },
    };
    expect(lines(gainedBy(more))).toEqual([]);
  });
});

test('a change for accounts that the templates do not show is reported', () => {
  expect(lines(AccessDiff.between(accessAfter(removeAccount), accessAfter(inOrder(removeAccount, allowPut))))).toEqual([`GAINED whoever role Reader trusts: ${PUT}`]);
});

test('a change of a role is reported if its account is no longer in the templates', () => {
  expect(lines(gainedBy(inOrder(removeAccount, allowPut)))).toContain(`GAINED whoever role Reader trusts: ${PUT}`);
});

test('a change of a role is reported if it does not trust the account that names it', () => {
  const misspelled: Change = ({ Reader }) => {
    const trust = Reader.Properties.AssumeRolePolicyDocument['Fn::Sub'];
    trust[0] = trust[0].replace('default:reader', 'reports:reader');
  };
  expect(lines(AccessDiff.between(accessAfter(misspelled), accessAfter(inOrder(misspelled, allowPut))))).toEqual([`GAINED whoever role Reader trusts: ${PUT}`]);
});

test('a change that depends on a condition of the template says so', () => {
  const conditional = (resources: any, template: any): void => {
    template.Parameters = { Stage: { Type: 'String' } };
    template.Conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
    policyOf(resources.Reader).Statement[0].Action = { 'Fn::If': ['IsProd', ['s3:GetObject', 's3:ListBucket'], 's3:*'] };
  };
  expect(lines(gainedBy(conditional))).toEqual([
    `GAINED ${PODS}: role Reader is allowed s3:* on ${BUCKET}* by inline policy "read" (where IsProd (\${Stage} is not "prod"))`,
  ]);
});
