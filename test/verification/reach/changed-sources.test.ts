import { allow, arnOf, role } from '../templates';
import { admin, decisionOf, trusted } from './code-apps';

const STORES = {
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  Artifacts: { Type: 'AWS::S3::Bucket', Properties: {} },
  Repository: { Type: 'AWS::CodeCommit::Repository', Properties: { RepositoryName: 'app' } },
  Others: { Type: 'AWS::CodeCommit::Repository', Properties: { RepositoryName: 'others' } },
  Images: { Type: 'AWS::ECR::Repository', Properties: {} },
};
const project = (properties: object) => ({
  It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), ...properties } }, ...admin('codebuild'), ...STORES,
});
const source = (Type: string, Location: unknown, more: object = {}) => project({ Source: { Type, Location, ...more } });
const action = (Provider: string, Configuration: object, more: object = {}) =>
  ({ Name: Provider, ActionTypeId: { Provider }, Configuration, ...more });
const pipeline = (...actions: object[]) => ({
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    Properties: { RoleArn: arnOf('Runner'), ArtifactStore: { Type: 'S3', Location: { Ref: 'Artifacts' } }, Stages: [{ Name: 'All', Actions: actions }] },
  },
  Runner: role(trusted('codepipeline')),
});
const built = (...sources: object[]) => ({ ...source('CODEPIPELINE', undefined), ...pipeline(...sources, action('CodeBuild', { ProjectName: { Ref: 'It' } })) });
const FROM_REPOSITORY = action('CodeCommit', { RepositoryName: { 'Fn::GetAtt': ['Repository', 'Name'] }, BranchName: 'main' });
const FROM_BUCKET = action('S3', { S3Bucket: { Ref: 'Bucket' }, S3ObjectKey: 'source.zip' });
const OF_REPOSITORY = source('CODECOMMIT', { 'Fn::GetAtt': ['Repository', 'CloneUrlHttp'] });
const OF_BUCKET = source('S3', { 'Fn::Sub': '${Bucket}/source.zip' });
const inBucket = (name: string, key = '*') => ({ 'Fn::Sub': `arn:aws:s3:::\${${name}}/${key}` });

test.each<[string, object, string, unknown, string?]>([
  ['pushes to the repository of a build', OF_REPOSITORY, 'codecommit:GitPush', arnOf('Repository')],
  ['pushes to the repository of a build by its URL', source('CODECOMMIT', 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/app'), 'codecommit:PutFile', arnOf('Repository')],
  ['merges to the second repository of a build', project({ SecondarySources: [{ Type: 'CODECOMMIT', Location: 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/app' }] }),
    'codecommit:MergePullRequestBySquash', '*'],
  ['writes the object of a build', OF_BUCKET, 's3:PutObject', inBucket('Bucket')],
  ['writes the folder of a build', source('S3', 'sources/app/'), 's3:PutObject', 'arn:aws:s3:::sources/app/*'],
  ['writes a folder of a bucket of the templates, for a build', source('S3', { 'Fn::Sub': '${Bucket}/app/' }), 's3:PutObject', inBucket('Bucket', 'app/main.py')],
  ['writes the buildspec of a build', source('GITHUB', 'https://github.com/app/app', { BuildSpec: 'arn:aws:s3:::sources/buildspec.yml' }), 's3:PutObject', 'arn:aws:s3:::sources/buildspec.yml'],
  ['writes the cache of a build', project({ Cache: { Type: 'S3', Location: { 'Fn::Sub': '${Bucket}/cache' } } }), 's3:PutObject', inBucket('Bucket', 'cache/*')],
  ['pushes to the repository of a pipeline that runs a build', built(FROM_REPOSITORY), 'codecommit:GitPush', arnOf('Repository')],
  ['writes the object of a pipeline that runs a build', built(FROM_BUCKET), 's3:PutObject', inBucket('Bucket', 'source.zip')],
  ['pushes the image of a pipeline that runs a build', built(action('ECR', { RepositoryName: { Ref: 'Images' } })), 'ecr:PutImage', arnOf('Images')],
  ['writes the artifacts of a pipeline that runs a build', built(), 's3:PutObject', inBucket('Artifacts')],
  ['pushes to the repository of a pipeline that runs a build of a parameter',
    { ...source('CODEPIPELINE', undefined), ...pipeline(FROM_REPOSITORY, action('CodeBuild', { ProjectName: { 'Fn::ImportValue': 'project' } })) }, 'codecommit:GitPush', '*'],
  ['pushes to the repository of a pipeline that deploys a template',
    { ...STORES, ...admin('cloudformation'), ...pipeline(FROM_REPOSITORY, action('CloudFormation', { RoleArn: arnOf('Admin') })) }, 'codecommit:GitPush', arnOf('Repository'), 'Pipeline'],
  ['pushes to the repository of a pipeline whose action has a role',
    { ...STORES, ...admin('codepipeline'), ...pipeline(FROM_REPOSITORY, action('Lambda', {}, { RoleArn: arnOf('Admin') })) }, 'codecommit:GitPush', arnOf('Repository'), 'Pipeline'],
])('a pod that %s might do what the role of that may do', (_, resources, request, resource, what = 'It') => {
  const { outcome, missing } = decisionOf(resources, allow(request, resource));
  expect([outcome, missing[0]]).toEqual(['UNKNOWN', `role Role may request ${request}, and so might decide what ${what} does with role Admin`]);
});

test.each<[string, object, string, unknown]>([
  ['pushes to another repository than a build has', OF_REPOSITORY, 'codecommit:GitPush', arnOf('Others')],
  ['only pulls from the repository of a build', OF_REPOSITORY, 'codecommit:GitPull', '*'],
  ['writes another object than a build has', OF_BUCKET, 's3:PutObject', inBucket('Bucket', 'data/*')],
  ['writes any object, while the build is of GitHub', source('GITHUB', 'https://github.com/app/app', { BuildSpec: 'phases: {}' }), 's3:PutObject', '*'],
  ['pushes to another repository than a pipeline has', built(FROM_REPOSITORY), 'codecommit:GitPush', arnOf('Others')],
  ['writes another object than a pipeline has', built(FROM_BUCKET), 's3:PutObject', inBucket('Bucket', 'data/*')],
  ['pushes to the repository of a pipeline that runs another build',
    { ...source('NO_SOURCE', undefined), Other: { Type: 'AWS::CodeBuild::Project', Properties: {} }, ...pipeline(FROM_REPOSITORY, action('CodeBuild', { ProjectName: { Ref: 'Other' } })) },
    'codecommit:GitPush', '*'],
])('what is denied to a pod that %s is certain', (_, resources, request, resource) => {
  expect(decisionOf(resources, allow(request, resource)).outcome).toBe('DENIED');
});

describe('a build of pull requests', () => {
  const webhook = (RequiresCommentApproval: string | undefined, ...FilterGroups: object[][]) => project({
    Source: { Type: 'GITHUB', Location: 'https://github.com/acme/app' },
    Triggers: { Webhook: true, FilterGroups, ...RequiresCommentApproval !== undefined && { PullRequestBuildPolicy: { RequiresCommentApproval } } },
  });
  const onEvents = (Pattern: unknown) => ({ Type: 'EVENT', Pattern });
  const OPENED = onEvents('PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED');

  test.each<[string, object]>([
    ['of everyone', webhook('DISABLED', [OPENED])],
    ['of everyone, besides those of a user', webhook('DISABLED', [OPENED, { Type: 'ACTOR_ACCOUNT_ID', Pattern: '42', ExcludeMatchedPattern: true }])],
    ['of everyone in one of two groups', webhook('DISABLED', [onEvents('PUSH')], [OPENED, { Type: 'BASE_REF', Pattern: 'main' }])],
    ['at events of a parameter', webhook('DISABLED', [onEvents({ 'Fn::ImportValue': 'events' })])],
    ['at all events', webhook('DISABLED')],
  ])('%s might do what the role of the build may do', (_, resources) => {
    const { outcome, missing } = decisionOf(resources, allow('sqs:ListQueues'));
    expect([outcome, missing]).toEqual(['UNKNOWN', ['anyone might decide through pull requests what It does with role Admin']]);
  });

  test.each<[string, object]>([
    ['that a member accepts first', webhook('ALL_PULL_REQUESTS', [OPENED])],
    ['of forks that a member accepts first', webhook('FORK_PULL_REQUESTS', [OPENED])],
    ['by default, which asks for a comment of a member', webhook(undefined, [OPENED])],
    ['of a user', webhook('DISABLED', [OPENED, { Type: 'ACTOR_ACCOUNT_ID', Pattern: '42' }])],
    ['only after their merge', webhook('DISABLED', [onEvents('PULL_REQUEST_MERGED')])],
    ['of pushes only', webhook('DISABLED', [onEvents('PUSH')])],
  ])('%s decides nothing', (_, resources) => {
    expect(decisionOf(resources, allow('sqs:ListQueues')).outcome).toBe('DENIED');
  });
});
