import * as efs from 'aws-cdk-lib/aws-efs';
import { ControllerPolicyContext } from '../controller-policy';

/** The ARNs of file systems of Amazon EFS. */
export const fileSystemArns = ({ partition, region, account }: ControllerPolicyContext, fileSystems: readonly efs.IFileSystem[] | 'all'): string[] =>
  (fileSystems === 'all' ? [`arn:${partition}:elasticfilesystem:${region}:${account}:file-system/*`] : fileSystems.map(({ fileSystemArn }) => fileSystemArn));
