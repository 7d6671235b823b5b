import { Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { checkDefaultCredentials } from './default-credentials';
import { OF_NODEGROUPS, refusalOfNodegroups } from './known-addons';
import { checkKubernetesVersion } from './kubernetes-version';
import { checkAddonNames, checkClusterName, checkNodegroupNames } from './names';
import { OidcIssuer, PodCredentials } from '../../identity';
import { Audience } from '../../identity/internal/audience';
import { ObjectsAccess } from '../../kubernetes';
import { ObjectsProvider } from '../../kubernetes/internal/objects-provider';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { checkSymmetricKey } from '../../private/symmetric-key';
import { IrsaClusterProps } from '../irsa-cluster-props';
import { OidcProvider } from '../oidc-provider';

/** The properties of a new cluster with their defaults. Those that aws-eks-v2 has, too, are apart. */
export type ClusterInput = ReturnType<typeof withDefaults>;

/** Refuses properties that Amazon EKS does not accept, or that cannot be combined. Returns the others with their defaults. */
export function checkedInput(props: IrsaClusterProps): ClusterInput {
  const input = withDefaults(props);
  const { addons, nodegroups, objectsAccess, objectsFunction } = input;
  checkClusterName(props.clusterName);
  checkKubernetesVersion('version', props.version.version);
  checkNodegroupNames(nodegroups);
  checkAddonNames(addons);
  checkSymmetricKey('secretsEncryptionKey', props.secretsEncryptionKey);
  checkAutoMode(props);
  checkCoreDns(props);
  checkAudience(props);
  checkDefaultCredentials(input.podCredentials);
  checkPin(props.issuerUrl);
  ObjectsProvider.checkOptions({ objectsAccess, objectsFunction });
  return input;
}

function withDefaults(props: IrsaClusterProps) {
  const {
    addons = [], nodegroups = [], autoMode = false, podCredentials = PodCredentials.irsa(), issuerUrl, audience = Audience.DEFAULT,
    oidcProvider = podCredentials._definition.usesIrsa ? OidcProvider.create() : OidcProvider.none(),
    objectsAccess = ObjectsAccess.clusterAdmin(), objectsFunction, ...ofEksCluster
  } = props;
  return { addons, nodegroups, autoMode, podCredentials, issuerUrl, audience, oidcProvider, objectsAccess, objectsFunction, ofEksCluster };
}

function checkAudience({ audience, podCredentials = PodCredentials.irsa() }: IrsaClusterProps): void {
  if (audience === undefined) {
    return;
  }
  if (!podCredentials._definition.usesIrsa) {
    throw refusalWithoutValue('audience', 'omitted with PodCredentials.podIdentity()', 'the tokens for EKS Pod Identity have an audience of their own');
  }
  Audience.check('audience', audience);
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
function checkAutoMode({ autoMode, nodegroups = [], addons = [], bootstrapSelfManagedAddons }: IrsaClusterProps): void {
  const missing = OF_NODEGROUPS.filter((name) => !addons.some(({ addonName }) => addonName === name));
  if (autoMode && nodegroups.length > 0 && missing.length > 0) {
    throw refusalOfNodegroups('nodegroups', missing);
  }
  if (autoMode && bootstrapSelfManagedAddons) {
    throw refusal('bootstrapSelfManagedAddons', true, 'omitted or false with autoMode', 'Auto Mode nodes contain what these add-ons do');
  }
}

/** aws-eks-v2 would refuse it with advice for its own cluster. */
function checkCoreDns({ coreDnsComputeType, kubectlProviderOptions }: IrsaClusterProps): void {
  if (coreDnsComputeType === eks.CoreDnsComputeType.FARGATE && !kubectlProviderOptions) {
    throw refusalWithoutValue('kubectlProviderOptions', 'set with eks.CoreDnsComputeType.FARGATE',
      'aws-eks-v2 moves CoreDNS to AWS Fargate with kubectl; for example to { kubectlLayer: new KubectlV36Layer(…) } of @aws-cdk/lambda-layer-kubectl-v36');
  }
}

/** Refuses a pin that is not the URL of an issuer. */
export function checkPin(issuerUrl: string | undefined): void {
  if (issuerUrl === undefined) {
    return;
  }
  if (Token.isUnresolved(issuerUrl)) {
    throw refusalWithoutValue('issuerUrl', 'a literal', 'deploy the stack without it, and copy the output whose name contains IssuerUrl');
  }
  OidcIssuer.fromUrl(issuerUrl);
}
