import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { refusal } from '../../private/errors';

/** @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
const FAMILY_AND_SIZE = /^[a-z][-a-z0-9]*\.[a-z0-9][-a-z0-9]*$/;

/** Refuses what cannot be an instance type. The image follows from the name, so that a wrong name would select a wrong image. */
export function checkInstanceType(property: string, instanceType: ec2.InstanceType): void {
  const name = `${instanceType}`;
  if (!Token.isUnresolved(name) && !FAMILY_AND_SIZE.test(name)) {
    throw refusal(property, name, 'an instance family and a size in lower case with a dot between them', 'for example "m7g.large"');
  }
}
