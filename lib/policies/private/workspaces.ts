import * as cdk from 'aws-cdk-lib';
import { withoutWildcards } from './inputs';
import { refusal, refusalWithoutValue } from '../../private/errors';

/** The ARNs of workspaces of Amazon Managed Service for Prometheus. Refuses none, and others, such as those of all workspaces. */
export function workspaces(policy: string, arns: string[]): string[] {
  if (arns.length === 0) {
    throw refusalWithoutValue(`${policy}: workspaceArns`, 'a list of at least one');
  }
  const wrong = arns.findIndex((arn) => !cdk.Token.isUnresolved(arn) && !/^arn:[^:]+:aps:[^:]+:[^:]+:workspace\/[\w-]+$/.test(arn));
  if (wrong >= 0) {
    throw refusal(`${policy}: workspaceArns[${wrong}]`, arns[wrong], 'the ARN of a workspace', 'for example that of a CfnWorkspace, its attrArn');
  }
  withoutWildcards(`${policy}: workspaceArns`, arns); // in one that contains tokens
  return [...arns];
}
