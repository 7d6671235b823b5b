import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { refusal, refusalWithoutValue } from '../../private/errors';

/** The properties of a cluster of aws-eks-v2 that define nodes. TypeScript does not accept them, but JavaScript does. */
const OF_NODES = ['compute', 'defaultCapacity', 'defaultCapacityInstance', 'defaultCapacityType'];

/** Refuses properties of aws-eks-v2 in place of which this library has something else. */
export function checkOmittedProperties(props: Partial<eks.ClusterCommonOptions> | null | undefined): void {
  const ofNodes = OF_NODES.find((name) => props?.[name as keyof typeof props] !== undefined);
  if (ofNodes) {
    throw refusalWithoutValue(ofNodes, 'omitted', 'use nodegroups or autoMode instead');
  }
  const version = props?.albController?.version?.version;
  if (version) {
    throw refusal('albController', version, 'omitted',
      'it would add its own OIDC provider and trust policy; define its service account with addServiceAccountWithRole, and install its Helm chart');
  }
}
