import { runsPullRequests } from './pull-requests';
import { Resolved } from '../../values/resolved';
import { isSet, isText } from '../../values/text-parts';
import { nameOfService } from '../services';
import { StackResource } from '../stack-resource';

/** Security groups of the primary node that are not those of Amazon EMR, which let in nothing but the cluster itself. */
const OWN_GROUPS = ['EmrManagedMasterSecurityGroup', 'AdditionalMasterSecurityGroups'];

/** Through what everyone decides what a resource does with its role, by the types of these, and whether one is like that. */
const OPEN: ReadonlyMap<string, readonly [by: string, isOpen: (resource: StackResource) => boolean]> = new Map([
  /** Who gets a token of another issuer is not known. @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html */
  ['AWS::BedrockAgentCore::Gateway', ['Amazon Bedrock AgentCore', (gateway) => asksForNoSignature(gateway.property('AuthorizerType'))]],
  ['AWS::CodeBuild::Project', ['pull requests', runsPullRequests]],
  /** Whoever reaches it in the network. @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html */
  ['AWS::EMR::Cluster', [nameOfService('elasticmapreduce'), (cluster) => cluster.property('KerberosAttributes') === undefined
    && OWN_GROUPS.some((name) => cluster.property('Instances', name) !== undefined)]],
  /** The same. @see https://docs.aws.amazon.com/neptune/latest/userguide/iam-auth-enable.html */
  ['AWS::Neptune::DBCluster', [nameOfService('neptune-db'), (cluster) => isSet(cluster.property('IamAuthEnabled')) !== 'yes']],
]);

const asksForNoSignature = (type: Resolved): boolean => type !== undefined && isText(type, 'AWS_IAM') !== 'yes';

/** Through what everyone decides what a resource does with its role, without credentials; undefined if it asks for them. */
export function openBy(resource: StackResource): string | undefined {
  const [by, isOpen] = OPEN.get(resource.type) ?? [];
  return isOpen?.(resource) ? by : undefined;
}
