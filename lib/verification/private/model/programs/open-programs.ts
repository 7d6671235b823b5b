import { runsPullRequests } from './pull-requests';
import { isSet, isText } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { CodeWrite } from '../code/code-write';
import { ApiCallers } from '../deliveries/api-callers';
import { nameOfService } from '../services';
import { StackResource } from '../stack-resource';

/** Security groups of the primary node that are not those of Amazon EMR, which let in nothing but the cluster itself. */
const OWN_GROUPS = ['EmrManagedMasterSecurityGroup', 'AdditionalMasterSecurityGroups'];

type IsOpen = (resource: StackResource, callers: ApiCallers) => boolean;

const [EMR, GATEWAY, NEPTUNE] = ['AWS::EMR::Cluster', 'AWS::BedrockAgentCore::Gateway', 'AWS::Neptune::DBCluster'];

const asksForTickets = (cluster: StackResource): boolean => cluster.property('KerberosAttributes') !== undefined;

/** Through what everyone decides what a resource does with its role, by the types of these, and whether one is like that. */
const OPEN: ReadonlyMap<string, readonly [by: string, isOpen: IsOpen]> = new Map<string, readonly [by: string, isOpen: IsOpen]>([
  /** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html */
  [GATEWAY, ['Amazon Bedrock AgentCore', (gateway, callers) => asksForNoSignature(gateway) && callers.ofGateway(gateway) === undefined]],
  ['AWS::CodeBuild::Project', ['pull requests', runsPullRequests]],
  /** Whoever reaches it in the network. @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html */
  [EMR, [nameOfService('elasticmapreduce'), (cluster) => !asksForTickets(cluster)
    && OWN_GROUPS.some((name) => cluster.property('Instances', name) !== undefined)]],
  /** The same. @see https://docs.aws.amazon.com/neptune/latest/userguide/iam-auth-enable.html */
  [NEPTUNE, [nameOfService('neptune-db'), (cluster) => isSet(cluster.property('IamAuthEnabled')) !== 'yes']],
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

/** What makes somebody one of those that it asks for, by whose tokens they decide what it does, or opens it for everyone who reaches it. */
export const callersOf = (resource: StackResource, callers: ApiCallers): readonly CodeWrite[] =>
  [...(resource.type === GATEWAY && asksForNoSignature(resource) ? callers.ofGateway(resource) ?? [] : []), ...openedBy(resource)];

/** A rule of a security group lets addresses in, and a network interface can get another group. Without IAM, a database asks for nothing. */
const OPENING: ReadonlyMap<string, readonly string[]> = new Map([
  [EMR, ['ec2:AuthorizeSecurityGroupIngress', 'ec2:ModifyNetworkInterfaceAttribute', 'ec2:ModifySecurityGroupRules']],
  [NEPTUNE, ['rds:ModifyDBCluster']],
]);

function openedBy(resource: StackResource): CodeWrite[] {
  const actions = resource.type === EMR && asksForTickets(resource) ? undefined : OPENING.get(resource.type);
  return actions?.map((action) => ({ action, arn: ANY_RESOURCE })) ?? [];
}
