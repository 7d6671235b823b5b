import { runsPullRequests } from './pull-requests';
import { isSet, isText } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { ApiCallers } from '../deliveries/api-callers';
import { nameOfService } from '../services';
import { StackResource } from '../stack-resource';

/** Security groups of the primary node that are not those of Amazon EMR, which let in nothing but the cluster itself. */
const OWN_GROUPS = ['EmrManagedMasterSecurityGroup', 'AdditionalMasterSecurityGroups'];

type IsOpen = (resource: StackResource, callers: ApiCallers) => boolean;

const GATEWAY = 'AWS::BedrockAgentCore::Gateway';

/** Through what everyone decides what a resource does with its role, by the types of these, and whether one is like that. */
const OPEN: ReadonlyMap<string, readonly [by: string, isOpen: IsOpen]> = new Map<string, readonly [by: string, isOpen: IsOpen]>([
  /** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html */
  [GATEWAY, ['Amazon Bedrock AgentCore', (gateway, callers) => asksForNoSignature(gateway) && callers.ofGateway(gateway) === undefined]],
  ['AWS::CodeBuild::Project', ['pull requests', runsPullRequests]],
  /** Whoever reaches it in the network. @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html */
  ['AWS::EMR::Cluster', [nameOfService('elasticmapreduce'), (cluster) => cluster.property('KerberosAttributes') === undefined
    && OWN_GROUPS.some((name) => cluster.property('Instances', name) !== undefined)]],
  /** The same. @see https://docs.aws.amazon.com/neptune/latest/userguide/iam-auth-enable.html */
  ['AWS::Neptune::DBCluster', [nameOfService('neptune-db'), (cluster) => isSet(cluster.property('IamAuthEnabled')) !== 'yes']],
]);

function asksForNoSignature(gateway: StackResource): boolean {
  const type = gateway.property('AuthorizerType');
  return type !== undefined && isText(type, 'AWS_IAM') !== 'yes';
}

/** Through what everyone decides what a resource does with its role, without credentials; undefined if it asks for them. */
export function openBy(resource: StackResource, callers: ApiCallers): string | undefined {
  const [by, isOpen] = OPEN.get(resource.type) ?? [];
  return isOpen?.(resource, callers) ? by : undefined;
}

/** What makes somebody one of those that it asks for, by whose tokens they decide what it does. */
export const callersOf = (resource: StackResource, callers: ApiCallers): readonly CodeWrite[] =>
  (resource.type === GATEWAY && asksForNoSignature(resource) ? callers.ofGateway(resource) ?? [] : []);
