import * as iam from 'aws-cdk-lib/aws-iam';
import { CLUSTER_TAG } from './load-balancers';
import { allow, allowOnAll } from './statements';
import { resourceTags } from './tags';
import { ControllerPolicyContext } from '../controller-policy';

/**
 * What AWS Load Balancer Controller does with web ACLs, and what AWS WAF then does with load balancers in its name.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
 */
export function webAclStatements({ clusterName, partition, region, account }: ControllerPolicyContext, webAclArns: string[]): iam.PolicyStatement[] {
  const loadBalancers = [`arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/app/*/*`];
  return [
    allowOnAll('wafv2:ListWebACLs', 'elasticloadbalancing:SetWebAcl'),
    allow(['wafv2:AssociateWebACL', 'wafv2:GetWebACL', 'wafv2:GetWebACLForResource'], webAclArns),
    allow(['wafv2:AssociateWebACL', 'wafv2:DisassociateWebACL', 'wafv2:GetWebACLForResource'], loadBalancers),
    allow([
      'elasticloadbalancing:CreateWebACLAssociation', 'elasticloadbalancing:DeleteWebACLAssociation', 'elasticloadbalancing:GetLoadBalancerWebACL',
    ], loadBalancers, resourceTags({ [CLUSTER_TAG]: clusterName })),
  ];
}
