import * as iam from 'aws-cdk-lib/aws-iam';

/** A statement that allows actions on resources. */
export const allow = (actions: string[], resources: string[], conditions?: iam.Conditions): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions, resources, conditions });

/** A statement for actions that do not support permissions for single resources. */
export const allowOnAll = (...actions: string[]): iam.PolicyStatement => allow(actions, ['*']);
