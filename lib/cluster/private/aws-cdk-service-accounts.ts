import { Annotations, CfnResource, Stage } from 'aws-cdk-lib';
import type { ServiceAccount } from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { isName } from './cluster-in-properties';
import { IIrsaCluster } from '../../identity';
import { ExistingObjects } from '../../kubernetes';
import { DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { propertiesOf } from '../../private/resource-properties';

/**
 * Adds a warning to each service account of this library that `addServiceAccount` of aws-eks or aws-eks-v2 defines, too, anywhere in the stage
 * of the cluster. A service account that takes over an existing one gets none, because it may be on its way to this library.
 *
 * @param resource the resource of a cluster that this app defines.
 */
export function warnOfAwsCdkServiceAccounts(cluster: IIrsaCluster, resource: CfnResource | undefined): void {
  const ours = DefinedObjects.in(cluster).serviceAccounts(() => true).filter(({ definition }) => definition.existing === ExistingObjects.REFUSE);
  if (ours.length === 0) {
    return;
  }
  const named = { name: cluster.clusterName, resource: resource ?? cluster };
  const theirs = Stage.of(cluster)!.node.findAll().filter(isServiceAccount)
    .filter((account) => manifestsOf(account).some((manifest) => isName(named, manifest, propertiesOf(manifest).ClusterName)));
  for (const { serviceAccountName, serviceAccountNamespace, node } of theirs) {
    const own = ours.find(({ name, namespace }) => name === serviceAccountName && namespace === serviceAccountNamespace);
    if (own) {
      Annotations.of(own.definition.definedBy).addWarningV2('cdk-irsa:aws-cdk-service-account',
        `${node.path} of aws-cdk defines the service account ${own.namespace}/${own.name}, too. The one that is deployed second fails, or overwrites the first one: `
        + 'remove one of them. To move the service account to this library, set existing: ExistingObjects.TAKE_OVER');
    }
  }
}

/** By its members, because aws-eks and aws-eks-v2 have classes of their own. */
const isServiceAccount = (construct: IConstruct): construct is ServiceAccount => 'serviceAccountName' in construct && 'serviceAccountNamespace' in construct;

const manifestsOf = ({ node }: IConstruct) => node.findAll().filter((construct): construct is CfnResource =>
  CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'Custom::AWSCDK-EKS-KubernetesResource');
