import { Construct } from 'constructs';
import { refusalWithoutValue } from '../../../private/errors';
import { checkPlainData } from '../../../private/plain-data';
import { NodeBootOptions } from '../../node-boot-options';
import { checkSettings } from '../settings/known-settings';
import { KUBELET_SETTINGS } from '../settings/kubelet-settings';
import { NODE_CONFIG_FIELDS } from '../settings/node-config-fields';

/** Refuses misspelt settings of the kubelet and of NodeConfigs, and warns of unknown ones. */
export function checkNodeSettings(scope: Construct, { kubelet = {}, nodeConfigs = [] }: NodeBootOptions): void {
  checkPlainData('kubelet', kubelet);
  checkPlainData('nodeConfigs', nodeConfigs);
  refuseNodeConfigIn(kubelet);
  checkSettings(scope, 'kubelet', kubelet, KUBELET_SETTINGS);
  nodeConfigs.forEach((spec, i) => {
    checkSettings(scope, `nodeConfigs[${i}]`, spec, NODE_CONFIG_FIELDS);
    checkSettings(scope, `nodeConfigs[${i}].kubelet.config`, spec.kubelet?.config, KUBELET_SETTINGS);
  });
}

/** Refuses what is `kubelet` in a NodeConfig, where the settings are one level deeper. */
function refuseNodeConfigIn(kubelet: { readonly [setting: string]: unknown }): void {
  if ('config' in kubelet) {
    throw refusalWithoutValue('kubelet.config', 'omitted', 'put its settings directly into kubelet, such as { shutdownGracePeriod: \'30s\' }');
  }
  for (const field of ['flags', 'maxPodsExpression']) {
    if (field in kubelet) {
      throw refusalWithoutValue(`kubelet.${field}`, 'omitted', `it is a field of a NodeConfig; set it with nodeConfigs, as kubelet.${field}`);
    }
  }
}
