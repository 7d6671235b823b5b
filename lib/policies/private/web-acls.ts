import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { withoutWildcard } from './inputs';
import { CLUSTER_TAG } from './load-balancers';
import { allow, allowOnAll } from './statements';
import { resourceTags } from './tags';
import { refusal } from '../../private/errors';
import { ControllerPolicyContext } from '../controller-policy';

/** Refuses what is not the ARN of one web ACL. The web ACLs of load balancers are regional. */
export function checkWebAcl(property: string, arn: string): void {
  if (!Token.isUnresolved(arn) && !/^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\/[\w-]+\/[\w-]+$/.test(arn)) {
    throw refusal(property, arn, 'the ARN of a regional web ACL', 'for example that of a CfnWebACL, its attrArn');
  }
  withoutWildcard(property, arn); // in one that contains tokens
}

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
