import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { compared } from './compare-policies';
import { ControllerTable } from './controller-table';
import { EKSCTL_POLICIES } from './eksctl-policies';
import { EXAMPLES } from './examples';
import { PLACES } from './place';
import { policiesOf } from './role-policies';
import { policies } from '../../lib';

/** Actions or limits, and why. */
type Reasons = { readonly [what: string]: string };

/** For what limits them (condition keys, and `Resource`), actions. */
type Limited = { readonly [limits: string]: string[] };

interface Differences {
  readonly onlyOurs: Reasons;
  /** Why the controller does not need the actions. */
  readonly onlyEksctl: Reasons;
  readonly limitedByOurs: Limited;
  readonly limitedByEksctl: Limited;
  /** For each limit of eksctl, why ours is another one. */
  readonly otherLimits?: Reasons;
}

const [PLACE] = PLACES;

type EksctlName = keyof typeof EKSCTL_POLICIES;

const comparison = (policy: ControllerTable['policy'], name: EksctlName) =>
  compared(policiesOf({ policy }, PLACE).flatMap(({ Statement }) => Statement), EKSCTL_POLICIES[name], PLACE);

function expectDifferences(ours: string, name: EksctlName, { onlyOurs, onlyEksctl, limitedByOurs, limitedByEksctl, otherLimits = {} }: Differences) {
  expect(comparison(EXAMPLES[ours], name)).toEqual({
    onlyFirst: Object.keys(onlyOurs), onlySecond: Object.keys(onlyEksctl), limitedByFirst: limitedByOurs, limitedBySecond: limitedByEksctl,
  });
  expect(Object.keys(otherLimits)).toEqual(Object.keys(limitedByEksctl));
}

test('EcrImageBuilderPolicy is for the given repositories, and imageBuilder of eksctl for all of them', () => {
  const neither = 'neither a pull nor a push calls it';
  expectDifferences('EcrImageBuilderPolicy', 'imageBuilder', {
    onlyOurs: {},
    onlyEksctl: {
      'ecr:DescribeImageScanFindings': neither,
      'ecr:DescribeImages': neither,
      'ecr:DescribeRepositories': neither,
      'ecr:GetLifecyclePolicy': neither,
      'ecr:GetLifecyclePolicyPreview': neither,
      'ecr:GetRepositoryPolicy': neither,
      'ecr:ListImages': neither,
      'ecr:ListTagsForResource': neither,
    },
    limitedByOurs: {
      Resource: [
        'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:GetDownloadUrlForLayer', 'ecr:InitiateLayerUpload',
        'ecr:PutImage', 'ecr:UploadLayerPart',
      ],
    },
    limitedByEksctl: {},
  });
});

test('ClusterAutoscalerPolicy is for the groups of its cluster, and autoScaler of eksctl for all of them', () => {
  expectDifferences('ClusterAutoscalerPolicy', 'autoScaler', {
    onlyOurs: {},
    onlyEksctl: {
      'autoscaling:DescribeAutoScalingInstances': 'Cluster Autoscaler no longer calls it',
      'autoscaling:DescribeTags': 'Cluster Autoscaler no longer calls it: groups are described with their tags',
    },
    limitedByOurs: {
      'Resource, aws:ResourceTag/eks:cluster-name': ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      'Resource': ['eks:DescribeNodegroup'],
    },
    limitedByEksctl: {},
  });
});

const withWebAcls = 'only with webAclArns';
const withShield = 'only with allShieldProtections';
const noLonger = 'the controller no longer calls it';
const wafClassic = 'AWS WAF Classic is not covered';

/** What eksctl grants to AWS Load Balancer Controller, and no property of our policy does. */
const NEVER_FOR_LOAD_BALANCERS: Reasons = {
  'ec2:DescribeTags': noLonger,
  'elasticloadbalancing:DescribeSSLPolicies': noLonger,
  'iam:GetServerCertificate': noLonger,
  'iam:ListServerCertificates': noLonger,
  'waf-regional:AssociateWebACL': wafClassic,
  'waf-regional:DisassociateWebACL': wafClassic,
  'waf-regional:GetWebACL': wafClassic,
  'waf-regional:GetWebACLForResource': wafClassic,
};

test('AwsLoadBalancerControllerPolicy requires the name of its cluster in tags, and awsLoadBalancerController of eksctl any name, or none', () => {
  const onlyEksctl: Reasons = {
    ...NEVER_FOR_LOAD_BALANCERS,
    'cognito-idp:DescribeUserPoolClient': 'only with userPools',
    'elasticloadbalancing:SetWebAcl': withWebAcls,
    'shield:CreateProtection': withShield,
    'shield:DeleteProtection': withShield,
    'shield:DescribeProtection': withShield,
    'wafv2:AssociateWebACL': withWebAcls,
    'wafv2:DisassociateWebACL': withWebAcls,
    'wafv2:GetWebACL': withWebAcls,
    'wafv2:GetWebACLForResource': withWebAcls,
  };
  expectDifferences('AwsLoadBalancerControllerPolicy', 'awsLoadBalancerController', {
    onlyOurs: {},
    onlyEksctl: Object.fromEntries(Object.entries(onlyEksctl).sort()),
    limitedByOurs: {
      'Resource': ['acm:DescribeCertificate', 'elasticloadbalancing:SetRulePriorities', 'iam:CreateServiceLinkedRole'],
      'Resource, aws:RequestTag/elbv2.k8s.aws/cluster': [
        'ec2:CreateSecurityGroup', 'elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup',
      ],
      'Resource, aws:ResourceTag/elbv2.k8s.aws/cluster': [
        'ec2:DeleteSecurityGroup', 'elasticloadbalancing:AddListenerCertificates', 'elasticloadbalancing:CreateListener', 'elasticloadbalancing:CreateRule',
        'elasticloadbalancing:DeleteListener', 'elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:DeleteRule',
        'elasticloadbalancing:DeleteTargetGroup', 'elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:ModifyCapacityReservation',
        'elasticloadbalancing:ModifyIpPools', 'elasticloadbalancing:ModifyListener', 'elasticloadbalancing:ModifyListenerAttributes',
        'elasticloadbalancing:ModifyLoadBalancerAttributes', 'elasticloadbalancing:ModifyRule', 'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:ModifyTargetGroupAttributes', 'elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:RemoveListenerCertificates',
        'elasticloadbalancing:SetIpAddressType', 'elasticloadbalancing:SetSecurityGroups', 'elasticloadbalancing:SetSubnets',
      ],
      'Resource, aws:ResourceTag/aws:eks:cluster-name, aws:ResourceTag/elbv2.k8s.aws/cluster': [
        'ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress',
      ],
      'Resource, aws:ResourceTag/elbv2.k8s.aws/cluster, aws:TagKeys': ['ec2:DeleteTags', 'elasticloadbalancing:RemoveTags'],
      'Resource, aws:RequestTag/elbv2.k8s.aws/cluster, aws:ResourceTag/elbv2.k8s.aws/cluster, aws:TagKeys, ec2:CreateAction': ['ec2:CreateTags'],
      'Resource, aws:RequestTag/elbv2.k8s.aws/cluster, aws:ResourceTag/elbv2.k8s.aws/cluster, aws:TagKeys, elasticloadbalancing:CreateAction': [
        'elasticloadbalancing:AddTags',
      ],
    },
    limitedByEksctl: {
      'aws:RequestTag/elbv2.k8s.aws/cluster, aws:ResourceTag/elbv2.k8s.aws/cluster, elasticloadbalancing:CreateAction': ['elasticloadbalancing:AddTags'],
    },
    otherLimits: {
      'aws:RequestTag/elbv2.k8s.aws/cluster, aws:ResourceTag/elbv2.k8s.aws/cluster, elasticloadbalancing:CreateAction':
        'ours also names the creation of listeners and rules, in which nothing else is tagged; eksctl lets these be tagged at any time, without a tag of a cluster',
    },
  });
});

test('with its properties, AwsLoadBalancerControllerPolicy allows all actions that eksctl allows, except those that the controller does not need', () => {
  const { onlySecond } = comparison((stack) => new policies.AwsLoadBalancerControllerPolicy({
    userPools: [UserPool.fromUserPoolId(stack, 'Users', 'us-west-2_users')],
    webAclArns: ['arn:aws:wafv2:us-west-2:123456789012:regional/webacl/web/0123'],
    allShieldProtections: true,
  }), 'awsLoadBalancerController');
  expect(onlySecond).toEqual(Object.keys(NEVER_FOR_LOAD_BALANCERS));
});

test('ExternalDnsPolicy is for the given hosted zones and types of records, and externalDNS of eksctl for all of them', () => {
  expectDifferences('ExternalDnsPolicy', 'externalDNS', {
    onlyOurs: { 'route53:ListTagsForResources': 'ExternalDNS reads the tags of several zones at once' },
    onlyEksctl: { 'route53:ListTagsForResource': 'ExternalDNS calls route53:ListTagsForResources instead' },
    limitedByOurs: {
      'Resource, route53:ChangeResourceRecordSetsRecordTypes': ['route53:ChangeResourceRecordSets'],
      'Resource': ['route53:ListResourceRecordSets'],
    },
    limitedByEksctl: {},
  });
});

test('CertManagerPolicy is for the challenges in the given hosted zones, and certManager of eksctl for all records of all zones', () => {
  expectDifferences('CertManagerPolicy', 'certManager', {
    onlyOurs: {},
    onlyEksctl: {
      'route53:ListHostedZonesByName': 'only with findHostedZonesByName: a solver with hostedZoneID does not search',
      'route53:ListResourceRecordSets': 'cert-manager does not call it',
    },
    limitedByOurs: {
      ['Resource, route53:ChangeResourceRecordSetsActions, route53:ChangeResourceRecordSetsNormalizedRecordNames, '
        + 'route53:ChangeResourceRecordSetsRecordTypes']: ['route53:ChangeResourceRecordSets'],
    },
    limitedByEksctl: {},
  });
});

test('with findHostedZonesByName, CertManagerPolicy also lists zones by name, as eksctl allows', () => {
  const { onlySecond } = comparison((stack) => new policies.CertManagerPolicy({
    hostedZones: [HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1APPS', zoneName: 'apps.example.com' })],
    findHostedZonesByName: true,
  }), 'certManager');
  expect(onlySecond).toEqual(['route53:ListResourceRecordSets']);
});

test('EbsCsiDriverPolicy is for the volumes and nodes of its cluster, and ebsCSIController of eksctl for those of all clusters', () => {
  const fromDriver = 'the driver sets these tags together with the name of the cluster, which ours requires instead';
  const imported = 'volumes and snapshots that you import need the name of the cluster only';
  expectDifferences('EbsCsiDriverPolicy', 'ebsCSIController', {
    onlyOurs: {},
    onlyEksctl: { 'ec2:DescribeTags': 'the driver does not call it: volumes and snapshots are described with their tags' },
    limitedByOurs: {
      'Resource': ['ec2:CreateTags'],
      'Resource, aws:RequestTag/ebs.csi.aws.com/cluster-name, aws:ResourceTag/ebs.csi.aws.com/cluster-name': [
        'ec2:CopyVolumes', 'ec2:CreateSnapshot', 'ec2:CreateVolume',
      ],
      'Resource, aws:ResourceTag/ebs.csi.aws.com/cluster-name': [
        'ec2:DeleteSnapshot', 'ec2:DeleteVolume', 'ec2:EnableFastSnapshotRestores', 'ec2:LockSnapshot', 'ec2:ModifyVolume',
      ],
      'Resource, aws:ResourceTag/ebs.csi.aws.com/cluster-name, aws:ResourceTag/eks:cluster-name, aws:ResourceTag/eks:eks-cluster-name': [
        'ec2:AttachVolume', 'ec2:DetachVolume',
      ],
      'Resource, aws:ResourceTag/ebs.csi.aws.com/cluster-name, aws:TagKeys': ['ec2:DeleteTags'],
    },
    limitedByEksctl: {
      'aws:RequestTag/CSIVolumeName, aws:RequestTag/ebs.csi.aws.com/cluster': ['ec2:CopyVolumes', 'ec2:CreateVolume'],
      'aws:RequestTag/CSIVolumeSnapshotName, aws:RequestTag/ebs.csi.aws.com/cluster': ['ec2:CreateSnapshot'],
      'ec2:CreateAction': ['ec2:CreateTags'],
      'ec2:ResourceTag/CSIVolumeSnapshotName, ec2:ResourceTag/ebs.csi.aws.com/cluster': ['ec2:DeleteSnapshot', 'ec2:LockSnapshot'],
      'ec2:ResourceTag/CSIVolumeName, ec2:ResourceTag/ebs.csi.aws.com/cluster, ec2:ResourceTag/kubernetes.io/created-for/pvc/name': ['ec2:DeleteVolume'],
    },
    otherLimits: {
      'aws:RequestTag/CSIVolumeName, aws:RequestTag/ebs.csi.aws.com/cluster': fromDriver,
      'aws:RequestTag/CSIVolumeSnapshotName, aws:RequestTag/ebs.csi.aws.com/cluster': fromDriver,
      'ec2:CreateAction': 'the driver sets tags of a VolumeAttributesClass on existing volumes of its cluster, but not those that bind',
      'ec2:ResourceTag/CSIVolumeSnapshotName, ec2:ResourceTag/ebs.csi.aws.com/cluster': imported,
      'ec2:ResourceTag/CSIVolumeName, ec2:ResourceTag/ebs.csi.aws.com/cluster, ec2:ResourceTag/kubernetes.io/created-for/pvc/name': imported,
    },
  });
});

test('EfsCsiDriverPolicy is for the given file systems and the access points of its cluster, and efsCSIController of eksctl for all of them', () => {
  expectDifferences('EfsCsiDriverPolicy', 'efsCSIController', {
    onlyOurs: {},
    onlyEksctl: {},
    limitedByOurs: {
      'Resource': ['elasticfilesystem:DescribeAccessPoints', 'elasticfilesystem:DescribeFileSystems'],
      'Resource, aws:RequestTag/efs.csi.aws.com/cluster-name': ['elasticfilesystem:CreateAccessPoint'],
      'Resource, aws:ResourceTag/efs.csi.aws.com/cluster-name': ['elasticfilesystem:DeleteAccessPoint'],
      'elasticfilesystem:CreateAction': ['elasticfilesystem:TagResource'],
    },
    limitedByEksctl: {
      'aws:RequestTag/efs.csi.aws.com/cluster': ['elasticfilesystem:CreateAccessPoint', 'elasticfilesystem:TagResource'],
      'aws:ResourceTag/efs.csi.aws.com/cluster': ['elasticfilesystem:DeleteAccessPoint'],
    },
    otherLimits: {
      'aws:RequestTag/efs.csi.aws.com/cluster': 'the driver sets this tag together with the name of the cluster, which ours requires instead',
      'aws:ResourceTag/efs.csi.aws.com/cluster': 'the driver sets it together with the name of the cluster, which ours requires instead',
    },
  });
});
