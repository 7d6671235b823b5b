import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { policiesIn, stackWith } from './addon-stacks';
import { IrsaAddonOptions, PodCredentials, policies } from '../../lib';
import { newCluster, newStack } from '../stacks';

describe('an add-on whose policy requires a tag', () => {
  const vpcCni = new policies.VpcCniPolicy({ allVpcs: true });
  const define = (options: Partial<IrsaAddonOptions>) => stackWith({ addonName: 'vpc-cni', controllerPolicies: [vpcCni], ...options });

  test('is warned of if its configuration does not have the name of the cluster', () => {
    Annotations.fromStack(define({})).hasWarning('*', Match.stringLikeRegexp('^env.CLUSTER_NAME is not in configurationValues, but controllerPolicies require a tag'));
  });

  test('is not warned of if it has the name', () => {
    const stack = define({ configurationValues: { env: { CLUSTER_NAME: 'prod' } } });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('CLUSTER_NAME'))).toEqual([]);
  });

  test('does not have the managed policy that AWS documents', () => {
    expect(policiesIn(define({}))).toEqual([]);
  });
});

describe('a policy of an add-on', () => {
  const efsController = new policies.EfsCsiDriverPolicy({ allFileSystems: true });
  const efsNode = new policies.EfsCsiDriverNodePolicy({ allFileSystems: true });
  const warnings = (options: IrsaAddonOptions) => Annotations.fromStack(stackWith(options)).findWarning('*', Match.stringLikeRegexp('for pods of the service account'))
    .map(({ entry }) => entry.data);

  test('is warned of if it is that of another controller', () => {
    expect(warnings({ addonName: 'aws-ebs-csi-driver', controllerPolicies: [new policies.XRayPolicy(), efsController] })).toEqual([
      'controllerPolicies[1] (EfsCsiDriverPolicy) is for pods of the service account efs-csi-controller-sa, but only pods of ebs-csi-controller-sa get the role '
      + 'of the add-on. Use the policy of the add-on. If its pods need these permissions, acknowledge this warning [ack: cdk-irsa:addon-policy]',
    ]);
  });

  test('can be that of each service account that gets the role', () => {
    const options = { addonName: 'aws-efs-csi-driver', controllerPolicies: [efsController, efsNode] };
    expect(warnings(options)).toEqual([]);
    expect(warnings({ ...options, podCredentials: PodCredentials.podIdentity() }))
      .toEqual([expect.stringContaining('controllerPolicies[1] (EfsCsiDriverNodePolicy) is for pods of the service account efs-csi-node-sa, but only pods of efs-csi-controller-sa get')]);
  });

  test('can be that of all controllers of the add-on', () => {
    expect(warnings({ addonName: 'amazon-cloudwatch-observability', controllerPolicies: [new policies.CloudWatchObservabilityPolicy()] })).toEqual([]);
  });

  test('can be that of a controller whose chart uses another namespace', () => {
    expect(warnings({ addonName: 'fluent-bit', controllerPolicies: [new policies.FluentBitPolicy({ logGroups: [LogGroup.fromLogGroupName(new Stack(), 'Pods', '/pods')] })] })).toEqual([]);
  });

  test('can be that of another service account if the library does not know the add-on', () => {
    expect(warnings({ addonName: 'acme_agent', namespace: 'acme', serviceAccountName: 'agent', controllerPolicies: [efsController] })).toEqual([]);
  });

  test.each([
    ['IPv4', eks.IpFamily.IP_V4, new policies.VpcCniPolicy({ allVpcs: true }), new policies.VpcCniIpv6Policy({ allVpcs: true })],
    ['IPv6', eks.IpFamily.IP_V6, new policies.VpcCniIpv6Policy({ allVpcs: true }), new policies.VpcCniPolicy({ allVpcs: true })],
  ] as const)('of the VPC CNI must be that for %s in a cluster with it', (family, ipFamily, right, wrong) => {
    const define = (policy: policies.IControllerPolicy) => newCluster(newStack(), { ipFamily, addons: [{ addonName: 'vpc-cni', controllerPolicies: [policy] }] });
    expect(() => define(right)).not.toThrow();
    expect(() => define(wrong)).toThrow(`controllerPolicies must be without ${wrong.constructor.name}, because the cluster uses ${family}: use ${right.constructor.name}`);
  });

  test('of the VPC CNI can be for each IP family in a cluster whose family is not known', () => {
    expect(() => stackWith({ addonName: 'vpc-cni', controllerPolicies: [new policies.VpcCniIpv6Policy({ allVpcs: true })] })).not.toThrow();
  });
});
