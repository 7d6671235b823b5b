import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { modelOfApp, role, shown } from '../models';

const ACCOUNTS = ['111111111111', '222222222222'];
const CLOSED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };

interface Kept { readonly configuration?: boolean; readonly profile?: boolean; readonly role?: boolean }

/** Nodes of two accounts, that name what they use. What is left out of the second account exists there outside of the app. */
function nodesIn(kept: readonly Kept[]) {
  const app = new App();
  kept.forEach(({ configuration = true, profile = true, role: hasRole = true }, i) => {
    const stack = new Stack(app, `Nodes${i}`, { env: { account: ACCOUNTS[i], region: 'eu-central-1' } });
    const add = (id: string, type: string, properties: object) => new CfnResource(stack, id, { type, properties });
    if (hasRole) {
      add('Role', 'AWS::IAM::Role', role({ RoleName: 'node' }).Properties);
    }
    if (profile) {
      add('Profile', 'AWS::IAM::InstanceProfile', { InstanceProfileName: 'nodes', Roles: ['node'] });
    }
    if (configuration) {
      add('Configuration', 'AWS::AutoScaling::LaunchConfiguration', { LaunchConfigurationName: 'nodes', IamInstanceProfile: 'nodes', MetadataOptions: CLOSED });
    }
    add('Group', 'AWS::AutoScaling::AutoScalingGroup', { LaunchConfigurationName: 'nodes', Tags: [{ Key: 'kubernetes.io/cluster/prod', Value: 'owned', PropagateAtLaunch: true }] });
  });
  return shown(modelOfApp(app).nodegroups);
}

test('what has one name in two accounts is found in the account of the nodes', () => {
  expect(nodesIn([{}, {}])).toMatchObject(ACCOUNTS.map((account) => ({ roleArn: `arn:aws:iam::${account}:role/node`, podsReachMetadata: 'no' })));
});

test.each<[string, Kept, object]>([
  ['a launch configuration', { configuration: false }, { roleArn: '${nodes role of the launch configuration}', podsReachMetadata: 'unknown' }],
  ['an instance profile', { profile: false }, { roleArn: '${nodes role of the instance profile}' }],
  ['a role', { role: false }, { roleArn: '${node role of nodes}' }],
])('%s of another account with the same name is another one', (_, kept, expected) => {
  expect(nodesIn([{}, kept])[1]).toMatchObject(expected);
});

test('a managed nodegroup has no launch template of another account', () => {
  const app = new App();
  const [first, second] = ACCOUNTS.map((account) => new Stack(app, `Stack${account}`, { env: { account, region: 'eu-central-1' } }));
  const template = new CfnResource(first, 'Template', {
    type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateName: 'nodes', LaunchTemplateData: { MetadataOptions: CLOSED } },
  });
  for (const stack of [first, second]) {
    new CfnResource(stack, 'Nodes', {
      type: 'AWS::EKS::Nodegroup',
      properties: {
        ClusterName: 'prod', NodeRole: 'arn:aws:iam::111111111111:role/node', LaunchTemplate: { Name: 'nodes', Version: stack === first ? template.getAtt('LatestVersionNumber') : '1' },
      },
    });
  }
  expect(modelOfApp(app).nodegroups).toMatchObject([{ podsReachMetadata: 'no' }, { podsReachMetadata: 'unknown', why: 'launch template nodes is not in the templates' }]);
});
