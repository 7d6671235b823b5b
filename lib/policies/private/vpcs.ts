import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { withoutWildcard } from './inputs';
import { refusalWithoutValue } from '../../private/errors';

/** The given VPC, or `'all'`. Refuses neither, both, and wildcards. */
export function selectedVpc(policy: string, vpc: ec2.IVpc | undefined, allVpcs: boolean | undefined): ec2.IVpc | 'all' {
  if (vpc && allVpcs) {
    throw refusalWithoutValue(`${policy}: vpc`, 'omitted with allVpcs', 'set only one of them');
  }
  if (!vpc && !allVpcs) {
    throw refusalWithoutValue(`${policy}: vpc`, 'the VPC of the cluster', 'for an existing cluster, look it up with ec2.Vpc.fromLookup; to allow all of them, set allVpcs: true');
  }
  withoutWildcard(`${policy}: vpc`, vpc?.vpcArn);
  return vpc ?? 'all';
}

/** The condition that a resource is in this VPC. */
export const inVpc = (vpc: ec2.IVpc | 'all'): iam.Conditions => (vpc === 'all' ? {} : { ArnEquals: { 'ec2:Vpc': vpc.vpcArn } });
