import { bootstrapScript, checkEnvironment } from './bootstrap-script';
import { mimeMessage } from './mime-message';
import { nodeConfigs } from './node-configs';
import { Tokens } from './node-text';
import type { UserDataProps } from './user-data';
import { refusalWithoutValue } from '../../private/errors';

/**
 * User data for Amazon Linux 2023: commands are scripts that run in order before the node joins the cluster; NodeConfigs say how it joins.
 * Amazon EKS merges it with its own part, for which it must be MIME multi-part.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export function al2023UserData(props: UserDataProps, tokens: Tokens): string | undefined {
  const { preBootstrapCommands = [], preBootstrapEnvironment, bottlerocketSettings } = props;
  if (bottlerocketSettings) {
    throw refusalWithoutValue('bottlerocketSettings', 'left out for Amazon Linux 2023', 'set amiFamily to NodeAmiFamily.BOTTLEROCKET, or use kubelet and nodeConfigs');
  }
  if (preBootstrapEnvironment) {
    checkEnvironment(preBootstrapEnvironment, preBootstrapCommands);
  }
  const scripts = preBootstrapCommands.map((command, i) => bootstrapScript(`preBootstrapCommands[${i}]`, command, preBootstrapEnvironment ?? {}, tokens));
  const parts = [
    ...scripts.map((body) => ({ contentType: 'text/x-shellscript; charset="utf-8"', body })),
    ...nodeConfigs(props, tokens).map((body) => ({ contentType: 'application/node.eks.aws', body })),
  ];
  return parts.length > 0 ? mimeMessage(parts) : undefined;
}
