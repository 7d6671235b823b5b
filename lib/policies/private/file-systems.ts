import * as efs from 'aws-cdk-lib/aws-efs';
import { selected, withoutWildcards } from './inputs';
import { ControllerPolicyContext } from '../controller-policy';

/** What the policies for file systems have in common. */
export interface FileSystemsProps {
  readonly fileSystems?: efs.IFileSystem[];
  readonly allFileSystems?: boolean;
}

/** The given file systems, or `'all'`. Refuses neither, both, and wildcards. */
export function selectedFileSystems(policy: string, { fileSystems, allFileSystems }: FileSystemsProps): readonly efs.IFileSystem[] | 'all' {
  withoutWildcards(`${policy}: fileSystems`, fileSystems?.map(({ fileSystemArn }) => fileSystemArn));
  return selected(policy, { names: ['fileSystems', 'allFileSystems'], list: fileSystems, all: allFileSystems });
}

/** The ARNs of file systems of Amazon EFS. */
export const fileSystemArns = ({ partition, region, account }: ControllerPolicyContext, fileSystems: readonly efs.IFileSystem[] | 'all'): string[] =>
  (fileSystems === 'all' ? [`arn:${partition}:elasticfilesystem:${region}:${account}:file-system/*`] : fileSystems.map(({ fileSystemArn }) => fileSystemArn));
