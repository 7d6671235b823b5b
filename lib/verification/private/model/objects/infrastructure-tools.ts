import { KubernetesObject } from '../kubernetes-object';

const ANY_KIND = /./;

/**
 * The objects from which operators run tools such as Terraform, which can create any AWS resource, by API group: those of Flux, HashiCorp, Crossplane, KubeVela
 * and others for Terraform, and those of Pulumi, AWS CloudFormation, Cluster API, and Keiko.
 *
 * @see https://flux-iac.github.io/tofu-controller/
 * @see https://developer.hashicorp.com/terraform/cloud-docs/integrations/kubernetes
 * @see https://marketplace.upbound.io/providers/upbound/provider-terraform
 * @see https://www.pulumi.com/docs/iac/guides/continuous-delivery/pulumi-kubernetes-operator/
 * @see https://cluster-api-aws.sigs.k8s.io
 * @see https://github.com/keikoproj/iam-manager
 */
const TOOLS: { readonly [group: string]: RegExp } = {
  'app.terraform.io': /^(Module|Workspace)$/,
  'infra.contrib.fluxcd.io': ANY_KIND,
  'opentofu.m.upbound.io': /^Workspace$/,
  'opentofu.upbound.io': /^Workspace$/,
  'terraform.appvia.io': /^(CloudResource|Configuration)$/,
  'terraform.core.oam.dev': /^Configuration$/,
  'tf.crossplane.io': /^Workspace$/,
  'tf.galleybytes.com': ANY_KIND,
  'tf.isaaguilar.com': ANY_KIND,
  'tf.m.upbound.io': /^Workspace$/,
  'tf.upbound.io': /^Workspace$/,
  'pulumi.com': /^Stack$/,
  'auto.pulumi.com': /^Update$/,
  'cloudformation.linki.space': ANY_KIND,
  'cloudformation.cuppett.dev': ANY_KIND,
  'service-operator.aws': ANY_KIND,
  'bootstrap.aws.infrastructure.cluster.x-k8s.io': ANY_KIND,
  'controlplane.cluster.x-k8s.io': /^(AWS|ROSA)/,
  'infrastructure.cluster.x-k8s.io': /^(AWS|ROSA)/,
  'iammanager.keikoproj.io': ANY_KIND,
  'instancemgr.keikoproj.io': ANY_KIND,
  'aws-iam.redradrat.xyz': ANY_KIND,
};

/** Whether a tool creates AWS resources because of an object, and the object does not show which. */
export const isForTool = ({ group, kind }: KubernetesObject): boolean => Object.hasOwn(TOOLS, group) && TOOLS[group].test(kind);
