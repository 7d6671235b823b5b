import { Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { PLACES } from './place';
import { policiesOf } from './role-policies';
import { policies } from '../../lib';

const POLICIES: { readonly [property: string]: (stack: Stack) => policies.IControllerPolicy } = {
  'FluentBitPolicy: logGroups': (stack) => new policies.FluentBitPolicy({ logGroups: [LogGroup.fromLogGroupName(stack, 'Logs', '/apps/*')] }),
  'EcrImageBuilderPolicy: a repository': (stack) => new policies.EcrImageBuilderPolicy({ repositories: [Repository.fromRepositoryName(stack, 'Repository', 'a*')] }),
  'ExternalSecretsPolicy: secrets': (stack) => new policies.ExternalSecretsPolicy({ secrets: [Secret.fromSecretNameV2(stack, 'Secret', '*')] }),
  'SecretsStoreProviderPolicy: parameters': (stack) =>
    new policies.SecretsStoreProviderPolicy({ parameters: [StringParameter.fromStringParameterName(stack, 'Parameter', '/apps/?')] }),
  'AwsLoadBalancerControllerPolicy: webAclArns': () => new policies.AwsLoadBalancerControllerPolicy({ webAclArns: ['*'] }),
};

test.each(Object.entries(POLICIES))('%s with a wildcard in a name is refused, because it would be access to several resources', (property, policy) => {
  expect(() => policiesOf({ policy }, PLACES[0])).toThrow(new RegExp(`${property} is ".*", but must be without the wildcards`));
});

test.each<[property: string, policy: () => policies.IControllerPolicy]>([
  ['ClusterAutoscalerPolicy: autoScalingGroups', () => new policies.ClusterAutoscalerPolicy({ autoScalingGroups: [] })],
  ['EbsCsiDriverPolicy: encryptionKeys', () => new policies.EbsCsiDriverPolicy({ encryptionKeys: [] })],
  ['AwsLoadBalancerControllerPolicy: targetGroups', () => new policies.AwsLoadBalancerControllerPolicy({ targetGroups: [] })],
  ['AwsLoadBalancerControllerPolicy: webAclArns', () => new policies.AwsLoadBalancerControllerPolicy({ webAclArns: [] })],
])('%s is refused if it is empty', (property, policy) => {
  expect(policy).toThrow(`${property} must be a list of at least one`);
});
