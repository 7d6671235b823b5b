import { isSet } from '../../values/text-parts';
import { nameOfService } from '../services';
import { StackResource } from '../stack-resources';

/** Security groups of the primary node that are not those of Amazon EMR, which let in nothing but the cluster itself. */
const OWN_GROUPS = ['EmrManagedMasterSecurityGroup', 'AdditionalMasterSecurityGroups'];

/** The services of which whoever reaches a resource in the network decides what it does with its role, by the types of these, and whether one is like that. */
const OPEN: ReadonlyMap<string, readonly [service: string, isOpen: (resource: StackResource) => boolean]> = new Map([
  /** @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html */
  ['AWS::EMR::Cluster', ['elasticmapreduce', (cluster) => cluster.property('KerberosAttributes') === undefined
    && OWN_GROUPS.some((name) => cluster.property('Instances', name) !== undefined)]],
  /** @see https://docs.aws.amazon.com/neptune/latest/userguide/iam-auth-enable.html */
  ['AWS::Neptune::DBCluster', ['neptune-db', (cluster) => isSet(cluster.property('IamAuthEnabled')) !== 'yes']],
]);

/** The name of the service through which everyone in the network decides what a resource does; undefined if it asks for credentials. */
export function openInNetwork(resource: StackResource): string | undefined {
  const [service, isOpen] = OPEN.get(resource.type) ?? [];
  return service && isOpen?.(resource) ? nameOfService(service) : undefined;
}
