import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { listIfGiven, withoutWildcards } from './private/inputs';
import { loadBalancerReads, loadBalancerStatements } from './private/load-balancers';
import { securityGroupStatements } from './private/security-groups';
import { allow, allowOnAll } from './private/statements';
import { checkWebAcl, webAclStatements } from './private/web-acls';
import { checkType } from '../private/props/check-props';

/** Properties of `AwsLoadBalancerControllerPolicy`. */
export interface AwsLoadBalancerControllerPolicyProps {
  /**
   * Target groups that the controller did not create, and for which it registers pods: those that your `TargetGroupBinding` objects name.
   *
   * @default - none
   */
  readonly targetGroups?: elbv2.ITargetGroup[];

  /**
   * Security groups of nodes and pods to which the controller adds rules, besides the cluster security group of Amazon EKS. You need them if nodes or pods
   * have security groups of their own.
   *
   * @default - none: only the cluster security group, and the security groups that the controller creates
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Amazon Cognito user pools that authenticate the users of an Ingress.
   *
   * @default - none
   */
  readonly userPools?: cognito.IUserPool[];

  /**
   * The ARNs of the AWS WAF web ACLs that protect Application Load Balancers. AWS supports a limit to the cluster only in part: with any web ACL, the
   * controller can also change which of these protects other Application Load Balancers in the AWS account and Region, or remove the protection.
   *
   * @default - none
   */
  readonly webAclArns?: string[];

  /**
   * Whether the controller can add load balancers to AWS Shield Advanced, and remove them. AWS does not support a limit to the cluster: it is for all
   * protections in the AWS account.
   *
   * @default false
   */
  readonly allShieldProtections?: boolean;
}

/**
 * The permissions of AWS Load Balancer Controller: it creates and changes the load balancers, target groups and security groups for the Ingress, Service and
 * Gateway objects of its cluster.
 *
 * Set `clusterName` of the chart to the name of the cluster, because the controller writes it into the tag `elbv2.k8s.aws/cluster`. Do not disable the
 * feature gate `ListenerRulesTagging`: listeners and rules without the tag cannot be changed.
 *
 * Tighter than the upstream policy:
 * - Writes require the tag `elbv2.k8s.aws/cluster` with the name of the cluster. The upstream policy requires any value, and none at all for listeners,
 *   rules, and the targets of target groups.
 * - The tag is set only when a resource is created, and cannot be changed or removed.
 * - Rules are added only to security groups that the controller created, to the cluster security group (tag `aws:eks:cluster-name`), and to
 *   `securityGroups`. The upstream policy allows it for all.
 * - Amazon Cognito is for `userPools`, AWS WAF for `webAclArns`, and AWS Shield Advanced for `allShieldProtections`.
 * - The service-linked role is named.
 * - `ec2:DescribeTags`, `elasticloadbalancing:DescribeSSLPolicies`, `iam:ListServerCertificates` and `iam:GetServerCertificate` are left out, because the
 *   controller no longer calls them.
 *
 * One write is not bound to the cluster: `elasticloadbalancing:SetRulePriorities` is for all rules of Application Load Balancers in the AWS account and Region,
 * because AWS does not document that it considers tags.
 *
 * With `webAclArns`, actions that AWS WAF needs now, and the list in which the controller finds names of web ACLs, are allowed besides those of the upstream
 * policy.
 *
 * Not covered: AWS WAF Classic, AWS Global Accelerator, certificates that the controller requests (feature gate `EnableCertificateManagement`), the feature gate
 * `EnableRGTAPI`, and target groups in other AWS accounts.
 *
 * **What a compromised pod can still do**
 *
 * Expose any private IP address to the internet, through a load balancer with any security group.
 *
 * - Create internet-facing load balancers in any VPC of the AWS account and Region, with any security group and any certificate, and forward their traffic to
 *   any private IP address that the VPC reaches. This way, an attacker can reach anything that trusts one of these security groups, such as a database. No
 *   property limits this.
 * - Read, redirect or drop the traffic of the load balancers of its cluster.
 * - Open the cluster security group, and those in `securityGroups`, to any address and port, or remove their rules for incoming traffic.
 * - Change the priorities of the rules of all Application Load Balancers in the AWS account and Region, so that requests reach other targets.
 * - Send the traffic of `targetGroups` elsewhere, read the client secrets of all app clients of `userPools`, remove the web ACL of any Application Load
 *   Balancer or replace it with one of `webAclArns`, and remove any AWS Shield Advanced protection with `allShieldProtections`. Omit these properties if you
 *   do not need them.
 *
 * @upstream AWS Load Balancer Controller 3.5.0
 * @hops Set `region` and `vpcId` of the chart.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/install/iam_policy.json
 */
export class AwsLoadBalancerControllerPolicy implements IControllerPolicy {
  /** The namespace of AWS Load Balancer Controller. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of AWS Load Balancer Controller. */
  public readonly serviceAccountName?: string = 'aws-load-balancer-controller';

  /** @throws if a property is unknown or has another type, if a list is empty, if a name has a wildcard, or if `webAclArns` are not ARNs of web ACLs. */
  constructor(private readonly props: AwsLoadBalancerControllerPolicyProps = {}) {
    checkType('AwsLoadBalancerControllerPolicy: props', 'cdk-irsa.policies.AwsLoadBalancerControllerPolicyProps', props);
    for (const property of ['targetGroups', 'securityGroups', 'userPools', 'webAclArns'] as const) {
      listIfGiven<unknown>(`AwsLoadBalancerControllerPolicy: ${property}`, props[property]);
    }
    const { targetGroups, securityGroups, userPools, webAclArns } = props;
    withoutWildcards('AwsLoadBalancerControllerPolicy: targetGroups', targetGroups?.map(({ targetGroupArn }) => targetGroupArn));
    withoutWildcards('AwsLoadBalancerControllerPolicy: securityGroups', securityGroups?.map(({ securityGroupId }) => securityGroupId));
    withoutWildcards('AwsLoadBalancerControllerPolicy: userPools', userPools?.map(({ userPoolArn }) => userPoolArn));
    webAclArns?.forEach((arn, i) => checkWebAcl(`AwsLoadBalancerControllerPolicy: webAclArns[${i}]`, arn));
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster and the place of its load balancers.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const { partition, region, account } = context;
    const { targetGroups = [], securityGroups = [], userPools = [], webAclArns = [], allShieldProtections = false } = this.props;
    return {
      statements: [
        allowOnAll(...loadBalancerReads, 'acm:ListCertificates', 'shield:GetSubscriptionState'),
        allow(['acm:DescribeCertificate'], [`arn:${partition}:acm:${region}:${account}:certificate/*`]),
        ...securityGroupStatements(context, securityGroups),
        ...loadBalancerStatements(context, targetGroups),
        ...(userPools.length > 0 ? [allow(['cognito-idp:DescribeUserPoolClient'], userPools.map(({ userPoolArn }) => userPoolArn))] : []),
        ...(webAclArns.length > 0 ? webAclStatements(context, webAclArns) : []),
        ...(allShieldProtections ? [
          allowOnAll('shield:CreateProtection'),
          allow(['shield:DescribeProtection', 'shield:DeleteProtection'], [`arn:${partition}:shield::${account}:protection/*`]),
        ] : []),
      ],
    };
  }
}
