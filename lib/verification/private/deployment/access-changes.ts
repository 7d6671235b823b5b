import { actionNames } from '../aws-data/actions';
import { servicesWith } from '../model/services';
import { ANY_SERVICE } from '../resource-types/resource-type';
import { addTo } from '../values/add-to';

/** Names of requests that change a policy or a grant, whatever the service. The access levels that AWS documents miss many of them. */
const CHANGES = new RegExp([
  '^(Add|Associate|Attach|BatchGrant|BatchRevoke|Create|Delete|Detach|Disable|Disassociate|Enable|Grant|Modify|Put|Register|Remove|Reset|Retire|Revoke|Set|Update)'
    + '.*(Access|Acl|Boundary|Grant|Ownership|Permission|Polic(y|ies)|Sharing)',
  '^(Set|Modify)(Queue|Topic|Snapshot|Image)Attributes?$',
].join('|'));

/** Names of requests that change tags, for which conditions can ask. */
const TAGS = /^(Add|Change|Create|CreateOrUpdate|Delete|Put|Remove)Tags|^(Delete|Put).*Tagging$|^(Tag|Untag)[A-Z]/;

/** Policies, access and grants that decide nothing about who may do what. */
const OTHERS = new RegExp([
  '(AutoScaling|AutoTermination|Backup|Cache|ContinuousDeployment|Cors|DataProtection|Index|Lifecycle|LoadBalancer)Polic',
  '(ManagedScaling|Metric|OriginRequest|Password|PlaybackRestriction|ResponseHeaders|Retention|Scaling|Scheduling|StorageTier|Traffic)Polic',
  'AccessLog|Accessor|AccessScope|CookieStickiness|NetworkAcl|OriginAccess|RoutingPolicy|TransitGateway|VerifiedAccess|WebAcl',
].join('|'));

/** Requests that change what nodes and their pods get from the instance metadata. */
const OF_NODES: { readonly [service: string]: RegExp } = {
  autoscaling: /^(CreateAutoScalingGroup|CreateLaunchConfiguration|UpdateAutoScalingGroup)$/,
  ec2: /^(Modify|Replace)(InstanceMetadata|IamInstanceProfile)|^(Create|Modify).*LaunchTemplate|^AssociateIamInstanceProfile$/,
};

/** Services that decide about others, with all of their requests that change access. Credentials of users are not those of pods. */
const ACROSS: { readonly [service: string]: RegExp } = {
  cloudformation: /^(Activate|Create|Delete|Execute|Import|Register|Rollback|Set|Start|Update)/,
  eks: /^(Associate|Create|Delete|Deregister|Disassociate|Register|Update)/,
  iam: /^(?!Get|List|Tag|Untag|.*(AccountPassword|Description|Group|PassRole|ServiceLinked|Simulat|User)).*(InstanceProfile|OpenIDConnect|Policy|Policies|Role)/,
  ram: /^(Associate|Create|Delete|Disassociate|Promote|Replace|Set|Update)/,
  servicecatalog: /^(CreateProvisioned|ExecuteProvisioned|ProvisionProduct|UpdateProvisioned)/,
  tag: /^(Tag|Untag)Resources$/,
};

/** A part of a role. */
export type RolePart = 'permissions' | 'trust' | 'tags';

/**
 * Requests of which each changes a part of the role that it is about. Others of IAM create or delete a role, or change what several roles have in common.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const OF_ROLE: { readonly [action: string]: RolePart } = {
  'iam:AttachRolePolicy': 'permissions',
  'iam:DeleteRolePermissionsBoundary': 'permissions',
  'iam:DeleteRolePolicy': 'permissions',
  'iam:DetachRolePolicy': 'permissions',
  'iam:PutRolePermissionsBoundary': 'permissions',
  'iam:PutRolePolicy': 'permissions',
  'iam:TagRole': 'tags',
  'iam:UntagRole': 'tags',
  'iam:UpdateAssumeRolePolicy': 'trust',
};

/** Requests whose names do not show it. */
const ALSO = /^(apigateway:(Create|Import|PATCH|POST|PUT|Put|Update)|es:Update(Elasticsearch)?DomainConfig$|lakeformation:PutDataLakeSettings$)/;

/** The services of which each request that changes access is about the resource whose access changes. Grants of S3 and policies of registries are not. */
const OF_RESOURCE = /^((dynamodb|kms|lambda|secretsmanager|sns|sqs):|ecr:.*Repository|s3:(Delete|Put)(Bucket|Object))/;

/** What a request can change. */
export interface AccessChange {
  /** The services whose decisions can change, by the prefixes of their actions. */
  readonly services: readonly string[];
  /** Whether only decisions about the resource of the request can change. */
  readonly isOfResource: boolean;
  /** The part of the role of the request that changes, if nothing else does. */
  readonly ofRole?: RolePart;
}

/** What a request can change about access; undefined if nothing. Tags count if a condition asks for those of the service. */
export function changeBy(action: string, tagged: Pick<ReadonlySet<string>, 'has'>): AccessChange | undefined {
  const [service, name = ''] = action.split(':');
  const ofRole = Object.hasOwn(OF_ROLE, action) ? { ofRole: OF_ROLE[action] } : {};
  const isWhole = Object.hasOwn(ACROSS, service);
  const isOfNodes = Object.hasOwn(OF_NODES, service) && OF_NODES[service].test(name);
  if (isOfNodes || (isWhole && ACROSS[service].test(name))) {
    return { services: [ANY_SERVICE], isOfResource: false, ...ofRole };
  }
  const isTagged = [ANY_SERVICE, service, ...(service === 'iam' ? ['sts'] : [])].some((one) => tagged.has(one)); // requests of STS are about roles
  const isOfTags = TAGS.test(name) && service !== 'sts' && isTagged;
  const isOfPolicies = ALSO.test(action) || (!isWhole && CHANGES.test(name) && !OTHERS.test(name));
  if (!isOfTags && !isOfPolicies) {
    return undefined;
  }
  const services = service === 'iam' ? [ANY_SERVICE] : servicesWith(service);
  return { services, isOfResource: OF_RESOURCE.test(action), ...ofRole };
}

const ALL_TAGS = { has: () => true };
const NO_TAGS = { has: () => false };

/** Names of requests that only take access away. */
const TAKES = /:(BatchRevoke|Delete|Detach|Disable|Disassociate|Remove|Reset|Retire|Revoke)/;

/** All documented actions that can give access to the resources of a service, by the prefix of its actions: those that set a policy, a grant or the like. */
export const actionsThatGiveAccessTo = (service: string): readonly string[] => (giving ??= findGiving()).get(service) ?? [];

let giving: ReadonlyMap<string, readonly string[]> | undefined;

function findGiving(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const action of actionNames().filter((name) => !TAKES.test(name))) {
    changeBy(action, NO_TAGS)?.services.forEach((service) => addTo(found, service, action));
  }
  return found;
}

/** All documented actions that can change the tags of the resources of a service, by the prefix of its actions. Requests of STS are about roles. */
export function actionsThatTag(service: string): readonly string[] {
  const prefix = `${service === 'sts' ? 'iam' : service}:`;
  const isTagging = (action: string) => TAGS.test(action.slice(prefix.length)) || action === COUNTS_TAGS;
  const actions = tagging.get(prefix) ?? actionNames().filter((action) => action.startsWith(prefix) && isTagging(action));
  tagging.set(prefix, actions);
  return actions;
}

const tagging = new Map<string, readonly string[]>();

/** Whether a request changes tags, whatever the service. */
export const changesTags = (action: string): boolean => TAGS.test(action.slice(action.indexOf(':') + 1));

/** With it, the tags of a bucket count. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html */
const COUNTS_TAGS = 's3:PutBucketAbac';

/** All documented actions that can change access. */
let changing: readonly string[] | undefined;
export const actionsThatChangeAccess = (): readonly string[] => changing ??= actionNames().filter((action) => changeBy(action, ALL_TAGS));
