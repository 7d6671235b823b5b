import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { define, launchTemplateData } from './nodegroups';
import { IrsaNodegroupOptions } from '../../lib';
import { deployed } from '../deployed';

/** What cloud-init or Bottlerocket gets of a nodegroup's user data; undefined where there is none. */
export function userData(options: IrsaNodegroupOptions): string | undefined {
  const cluster = { clusterName: 'irsa-test', serviceIpv4Cidr: '10.100.0.0/16' };
  return deployed(define({}, cluster).stack, launchTemplateData(options, cluster).UserData?.['Fn::Base64']);
}

export const machineImage = ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-1' });

export const TAINTS = [
  { key: 'dedicated', value: 'data', effect: eks.TaintEffect.NO_SCHEDULE },
  { key: 'dedicated', value: 'data', effect: eks.TaintEffect.NO_EXECUTE },
  { key: 'slow', effect: eks.TaintEffect.PREFER_NO_SCHEDULE },
];
