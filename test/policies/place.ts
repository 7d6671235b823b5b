/** An AWS account and Region with a cluster, from which the calls of a table are. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly clusterName: string;
}

const ACCOUNT = '123456789012';

/** One place in each partition. */
export const PLACES: readonly Place[] = [
  { partition: 'aws', region: 'us-west-2', account: ACCOUNT, clusterName: 'prod' },
  { partition: 'aws-cn', region: 'cn-north-1', account: ACCOUNT, clusterName: 'prod' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1', account: ACCOUNT, clusterName: 'prod' },
];

/** The ARN of a resource in a place: `service:resource`, such as `ec2:volume/vol-1`. */
export const arnIn = ({ partition, region, account }: Place, service: string, resource: string) =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;
