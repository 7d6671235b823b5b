import type { ObjectDocument } from './documents';

/** CloudFormation turns every scalar into a string, so that objects travel as JSON. */
export interface Properties {
  /** ARN of the cluster. */
  readonly Cluster: string;
  /** Each is JSON, or JSON with the values that only the deployment knows. */
  readonly Objects: (string | ObjectDocument)[];
  readonly Overwrite?: 'true';
  readonly CreateOnly?: 'true';
}

/**
 * What the provider framework hands to `onEvent`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export interface OnEventRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
}

export interface OnEventResponse {
  readonly PhysicalResourceId: string;
}
