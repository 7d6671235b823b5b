import { Stack } from 'aws-cdk-lib';

/** A stack whose availability zones need no lookup. */
export class InTwoZones extends Stack {
  public get availabilityZones(): string[] {
    return ['us-west-2a', 'us-west-2b'];
  }
}
