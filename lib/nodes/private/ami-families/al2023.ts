import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { AmiFamily } from './ami-family';
import { bootstrapScript, checkVariables } from './bootstrap-script';
import { mimeMessage } from './mime-message';
import { nodeConfigs } from './node-configs';
import { checkNodeSettings } from './node-settings';
import { Tokens } from '../node-text';
import { UserDataProps } from '../user-data-props';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-amis.html */
export const AL2023: AmiFamily = {
  name: 'AL2023',
  title: 'Amazon Linux 2023',
  images: {
    'x86_64 none': NodegroupAmiType.AL2023_X86_64_STANDARD,
    'arm64 none': NodegroupAmiType.AL2023_ARM_64_STANDARD,
    'x86_64 NVIDIA': NodegroupAmiType.AL2023_X86_64_NVIDIA,
    'arm64 NVIDIA': NodegroupAmiType.AL2023_ARM_64_NVIDIA,
    'x86_64 Neuron': NodegroupAmiType.AL2023_X86_64_NEURON,
  },
  amiTypes: /^AL2023_/,
  typesWithoutImage: /^a1$/, // the oldest arm64 processors
  dataDevice: '/dev/xvda',
  refuses: {
    bottlerocketSettings: 'set amiFamily to NodeAmiFamily.BOTTLEROCKET, or use kubelet and nodeConfigs',
  },
  checkSettings: checkNodeSettings,
  userData,
};

/**
 * A MIME multi-part message. The commands are scripts that run in order before the node joins the cluster; the NodeConfigs configure how it
 * joins. Amazon EKS requires this format to merge its own part.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
function userData(props: UserDataProps, tokens: Tokens): string | undefined {
  const { preBootstrapCommands = [], preBootstrapEnvironment } = props;
  if (preBootstrapEnvironment) {
    checkVariables(preBootstrapEnvironment, preBootstrapCommands);
  }
  const scripts = preBootstrapCommands.map((command, i) => bootstrapScript(`preBootstrapCommands[${i}]`, command, preBootstrapEnvironment ?? {}, tokens));
  const parts = [
    ...scripts.map((body) => ({ contentType: 'text/x-shellscript; charset="utf-8"', body })),
    ...nodeConfigs(props, tokens).map((body) => ({ contentType: 'application/node.eks.aws', body })),
  ];
  return parts.length > 0 ? mimeMessage(parts) : undefined;
}
