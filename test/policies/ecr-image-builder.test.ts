import { App, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const on = (resource: string, ...names: string[]) => names.map((name) => ({ what: `${name} of ${resource}`, action: `ecr:${name}`, resource }));

const repository = (place: Place, name: string) => arnIn(place, 'ecr', `repository/${name}`);

const PULLS = ['BatchGetImage', 'GetDownloadUrlForLayer'];
const PUSHES = ['BatchCheckLayerAvailability', 'InitiateLayerUpload', 'UploadLayerPart', 'CompleteLayerUpload', 'PutImage'];

describeController('ECR image builder', {
  policy: (stack) => new policies.EcrImageBuilderPolicy({
    repositories: [Repository.fromRepositoryName(stack, 'Shop', 'apps/shop'), Repository.fromRepositoryName(stack, 'Cache', 'apps/cache')],
    baseRepositories: [Repository.fromRepositoryName(stack, 'Base', 'base/node')],
  }),
  allowed: (place) => [
    { what: 'log in', action: 'ecr:GetAuthorizationToken' },
    ...on(repository(place, 'apps/shop'), ...PULLS, ...PUSHES),
    ...on(repository(place, 'apps/cache'), ...PULLS, ...PUSHES),
    ...on(repository(place, 'base/node'), ...PULLS),
  ],
  denied: (place) => [
    ...on(repository(place, 'apps/other'), ...PULLS, ...PUSHES),
    ...on(repository({ ...place, region: 'eu-west-1' }, 'apps/shop'), 'PutImage'),
    ...on(repository(place, 'base/node'), ...PUSHES),
    ...on(repository(place, 'apps/shop'), 'BatchDeleteImage', 'SetRepositoryPolicy', 'DeleteRepository', 'PutImageTagMutability', 'ListImages'),
    ...on(repository(place, 'apps/new'), 'CreateRepository'),
  ],
});

describeController('ECR image builder for all repositories', {
  policy: () => new policies.EcrImageBuilderPolicy({ allRepositories: true }),
  allowed: (place) => [
    { what: 'log in', action: 'ecr:GetAuthorizationToken' },
    ...on(repository(place, 'apps/shop'), ...PULLS, ...PUSHES),
  ],
  denied: (place) => [
    ...on(repository({ ...place, region: 'eu-west-1' }, 'apps/shop'), 'PutImage'),
    ...on(repository({ ...place, account: '210987654321' }, 'apps/shop'), 'PutImage'),
    ...on(repository(place, 'apps/shop'), 'SetRepositoryPolicy'),
  ],
});

describe('EcrImageBuilderPolicy', () => {
  const repositories = () => [Repository.fromRepositoryName(new Stack(new App(), 'Stack'), 'Repository', 'apps/shop')];

  test.each([
    ['no repositories', () => new policies.EcrImageBuilderPolicy({}), 'repositories must be a list of at least one: to allow all of them, set allRepositories: true'],
    ['an empty list of repositories', () => new policies.EcrImageBuilderPolicy({ repositories: [] }), 'repositories must be a list of at least one'],
    ['a list and all repositories', () => new policies.EcrImageBuilderPolicy({ repositories: repositories(), allRepositories: true }),
      'repositories must be omitted with allRepositories'],
    ['an empty list of base repositories', () => new policies.EcrImageBuilderPolicy({ repositories: repositories(), baseRepositories: [] }),
      'baseRepositories must be a list of at least one'],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(`EcrImageBuilderPolicy: ${message}`);
  });
});
