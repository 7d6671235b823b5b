import * as iam from 'aws-cdk-lib/aws-iam';
import { allow } from './statements';
import { ControllerPolicyContext } from '../controller-policy';

/** A log group, as far as its ARN needs that. */
export interface LogGroupPlace {
  readonly logGroupName: string;
  readonly env: { readonly region: string; readonly account: string };
}

const arnOf = ({ partition }: ControllerPolicyContext, { logGroupName, env }: LogGroupPlace) =>
  `arn:${partition}:logs:${env.region}:${env.account}:log-group:${logGroupName}`;

/** To write to log groups, in streams that the writer creates. */
export const writesTo = (context: ControllerPolicyContext, logGroups: readonly LogGroupPlace[]): iam.PolicyStatement =>
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroups.map((each) => `${arnOf(context, each)}:log-stream:*`));

/**
 * For actions on log groups themselves.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export const allowOnLogGroups = (context: ControllerPolicyContext, actions: string[], logGroups: readonly LogGroupPlace[]): iam.PolicyStatement =>
  allow(actions, logGroups.map((each) => `${arnOf(context, each)}:*`));
