import { actionNames } from '../aws-data/actions';
import { ANY_SERVICE } from '../model/resources/unread-types';
import { servicesWith } from '../model/services';

/** Names of requests that change a policy, a grant or a tag, whatever the service. The access levels that AWS documents miss many of them. */
const CHANGES = new RegExp([
  '^(Add|Associate|Attach|BatchGrant|BatchRevoke|Create|Delete|Detach|Disable|Disassociate|Enable|Grant|Modify|Put|Register|Remove|Reset|Retire|Revoke|Set|Update)'
    + '.*(Access|Acl|Boundary|Grant|Ownership|Permission|Polic(y|ies)|Sharing)',
  '^(Set|Modify)(Queue|Topic|Snapshot|Image)Attributes?$',
  '^(Add|Change|Create|CreateOrUpdate|Delete|Put|Remove)Tags|^(Delete|Put).*Tagging$|^(Tag|Untag)[A-Z]',
].join('|'));

/** Policies, access and grants that decide nothing about who may do what. */
const OTHERS = new RegExp([
  '(AutoScaling|AutoTermination|Backup|Cache|ContinuousDeployment|Cors|DataProtection|Index|Lifecycle|LoadBalancer)Polic',
  '(ManagedScaling|Metric|OriginRequest|Password|PlaybackRestriction|ResponseHeaders|Retention|Scaling|Scheduling|StorageTier|Traffic)Polic',
  'AccessLog|Accessor|AccessScope|CookieStickiness|NetworkAcl|OriginAccess|RoutingPolicy|TransitGateway|VerifiedAccess|WebAcl',
].join('|'));

/** Requests that can change what is decided about other services than their own. */
const ACROSS: { readonly [service: string]: RegExp } = {
  // credentials of users are not those of pods
  iam: /^(?!Get|List|.*(AccountPassword|Description|Group|PassRole|ServiceLinked|Simulat|User)).*(InstanceProfile|OpenIDConnect|Policy|Policies|Role)/,
  eks: /^(Associate|Create|Delete|Deregister|Disassociate|Register|Update)/,
  cloudformation: /^(Activate|Create|Delete|Execute|Import|Register|Rollback|Set|Start|Update)/,
  servicecatalog: /^(CreateProvisioned|ExecuteProvisioned|ProvisionProduct|UpdateProvisioned)/,
  // it has requests to tag sessions and tokens only
  sts: /^(?!)/,
  ram: /^(Associate|Create|Delete|Disassociate|Promote|Replace|Set|Update)/,
};

/** Requests whose names do not show it. */
const ALSO = new Set(['apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT', 'es:UpdateDomainConfig', 'es:UpdateElasticsearchDomainConfig', 'lakeformation:PutDataLakeSettings']);

/** The services whose decisions a request can change, by the prefixes of their actions; none if it changes no access. */
export function servicesChangedBy(action: string): readonly string[] {
  const [service, name = ''] = action.split(':');
  const across = Object.hasOwn(ACROSS, service) ? ACROSS[service] : undefined;
  if (across) {
    return across.test(name) ? [ANY_SERVICE] : [];
  }
  const isChange = ALSO.has(action) || (CHANGES.test(name) && !OTHERS.test(name));
  return isChange ? servicesWith(service) : [];
}

/** All documented actions that change access. */
let changing: readonly string[] | undefined;
export const actionsThatChangeAccess = (): readonly string[] => changing ??= actionNames().filter((action) => servicesChangedBy(action).length > 0);
