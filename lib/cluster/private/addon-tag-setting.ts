import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EbsCsiDriverPolicy, EfsCsiDriverPolicy, IControllerPolicy, VpcCniIpv6Policy, VpcCniPolicy } from '../../policies';
import { IrsaAddonOptions } from '../irsa-addon-options';

/** Where the configuration of an add-on has the name of the cluster, which the add-on writes into the tag that its policy requires. */
interface TagSetting {
  readonly isFor: (policy: IControllerPolicy) => boolean;
  readonly path: readonly string[];
}

const SETTINGS: readonly TagSetting[] = [
  { isFor: (policy) => policy instanceof EbsCsiDriverPolicy, path: ['controller', 'k8sTagClusterId'] },
  { isFor: (policy) => policy instanceof EfsCsiDriverPolicy, path: ['controller', 'tags', 'efs.csi.aws.com/cluster-name'] },
  { isFor: (policy) => policy instanceof VpcCniPolicy || policy instanceof VpcCniIpv6Policy, path: ['env', 'CLUSTER_NAME'] },
];

/** Warns that an add-on does not set the tag that its policy requires: it would be denied what it creates. */
export function warnOfMissingTagSetting(addon: Construct, { controllerPolicies = [], configurationValues }: IrsaAddonOptions): void {
  for (const { path } of SETTINGS.filter(({ isFor }) => controllerPolicies.some(isFor))) {
    if (valueAt(configurationValues, path) === undefined) {
      Annotations.of(addon).addWarningV2('cdk-irsa:addon-tag-setting', `${path.join('.')} is not in configurationValues, but controllerPolicies require a tag with the name of `
        + 'the cluster: set it to the name of the cluster. If the add-on has it by default, acknowledge this warning');
    }
  }
}

const valueAt = (values: unknown, path: readonly string[]): unknown => path.reduce<any>((value, key) => value?.[key], values);
