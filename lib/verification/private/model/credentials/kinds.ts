import { mayBeOfCertificate } from './secrets-with-certificates';
import { ValueNames } from './value-names';
import { isNameOfClusterToken, isNameOfKubeconfig, MENTIONED_CLUSTER_TOKEN, MENTIONED_KUBECONFIG, variablesOfClusters } from '../objects/cluster-names';
import { isKubeconfig } from '../objects/kubeconfigs';
import { hasAccessKey, isNameOfSecretPart } from '../pods/access-key-names';
import { hasActivationCode, isNameOfActivationCode, MENTIONED_ACTIVATION, variablesOfActivations } from '../pods/activation-names';
import { isFileOfCredentials } from '../pods/credential-names';
import { mountsForGit } from '../pods/git-secrets';
import { hasGitToken, isNameOfGitToken, MENTIONED, variablesOfGit } from '../pods/git-variables';
import { mountsCredentials, mountsKubeconfig } from '../pods/mounted-files';
import { isNameOfPackageToken, MENTIONED_PACKAGES } from '../pods/package-names';
import { isNameOfRegistryPassword, MENTIONED_REGISTRY } from '../pods/registry-names';
import { isNameOfGit, isNameOfSshKey, MENTIONED_SSH } from '../pods/ssh-names';

/** How a resource mentions an access key: by names of its parts, of both, of a connection of Apache Airflow, or by a key itself. */
const MENTIONED_KEY = new RegExp([
  /secret[_.-]?(access[_.-]?)?key|(access|key)[_.-]?secret|(amazon|aws|s3|velero)[_./-]?(cred|secret)|(access|aws|iam|user)[_./-]keys?/,
  /airflow_conn|connections\/(aws|s3)|A[KS]IA|s3[an]?:\/\/[^\s/:@"]+:/,
].map(({ source }) => source).join('|'), 'i');

/** The kinds of credentials that names tell, of which `NamedValues` finds the same places for each. What signs in to other systems and services has names of its own. */
export const KINDS = {
  accessKey: {
    mentioned: MENTIONED_KEY,
    has: (name: string) => isNameOfSecretPart(name) || isFileOfCredentials(name),
    isIn: hasAccessKey,
    isMounted: mountsCredentials,
  },
  /** Those of a hybrid activation of AWS Systems Manager. */
  activationCode: { mentioned: MENTIONED_ACTIVATION, has: isNameOfActivationCode, isIn: hasActivationCode, usedIn: variablesOfActivations },
  /** Those of IAM Roles Anywhere and AWS IoT. */
  certificate: { mentioned: /crt|cer|pem|key|p12|pfx|jks/i, has: mayBeOfCertificate, isOnlyStored: true },
  /** What acts in a cluster. */
  clusterToken: { mentioned: MENTIONED_CLUSTER_TOKEN, has: isNameOfClusterToken, usedIn: variablesOfClusters },
  /** Those of a Git provider or of HCP Terraform. @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials */
  gitToken: { mentioned: MENTIONED, has: isNameOfGitToken, isIn: hasGitToken, usedIn: variablesOfGit, isMounted: mountsForGit },
  /** What has such a token or key. Variables mostly have the path of a file. */
  kubeconfig: { mentioned: MENTIONED_KUBECONFIG, has: isNameOfKubeconfig, isIn: isKubeconfig, isOnlyStored: true, isMounted: mountsKubeconfig },
  /** Those of registries of packages. */
  packageToken: { mentioned: MENTIONED_PACKAGES, has: isNameOfPackageToken },
  /** Those of registries of images. */
  registryPassword: { mentioned: MENTIONED_REGISTRY, has: isNameOfRegistryPassword },
  /** Those of machines, by their names or where SSH looks for them. */
  sshKey: { mentioned: MENTIONED_SSH, has: (name: string) => isNameOfSshKey(name) || name === '.ssh', isOther: isNameOfGit },
} satisfies { readonly [kind: string]: ValueNames };
