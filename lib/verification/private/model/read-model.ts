import { readAppliedObjects } from './applied-objects';
import { readAssociations } from './associations';
import { readClusters, StatedIssuers } from './clusters';
import { readFargateProfiles } from './fargate-profiles';
import { incompleteBecause, withContents } from './incomplete';
import { AwsManagedPolicies, ManagedPolicies } from './managed-policies';
import { readManifests } from './manifests';
import { Model } from './model';
import { readNodegroups } from './nodegroups';
import { readOidcProviders } from './oidc-providers';
import { findMissingAgents } from './pod-identity-agent';
import { readResources } from './resources';
import { RolePolicies } from './role-policies';
import { readRoles } from './roles';
import { readServiceAccounts } from './service-accounts';
import { StackResources } from './stack-resources';
import { readSystemPods } from './system-pods';
import { readUnreadPolicies } from './unread-policies';
import { readWorkloads } from './workloads';
import { Findings } from '../findings/findings';
import { managedPolicy } from '../managed-policies/managed-policies';
import { Assembly } from '../templates/assembly';
import { Resolver } from '../templates/resolver';

/**
 * What the templates say about who can get which credentials, and findings about what they do not show.
 *
 * @param issuers those that are stated.
 */
export function readModel(
  assembly: Assembly, resolver: Resolver, awsManaged: AwsManagedPolicies = managedPolicy, issuers: StatedIssuers = {},
): Model {
  const findings = new Findings();
  const resources = new StackResources(assembly, resolver, findings);
  const [applied, manifests] = [readAppliedObjects(resources, findings), readManifests(resources, findings)];
  const objects = [...applied.objects, ...manifests.objects];
  const fargate = readFargateProfiles(resources);
  const nodegroups = readNodegroups(resources, objects, findings);
  const incomplete = [...applied.incomplete, ...manifests.incomplete];
  const clusters = readClusters(resources, { resources, objects, nodegroups, fargate }, incomplete, issuers, findings);
  const policies = new RolePolicies(resources, new ManagedPolicies(resources, awsManaged, findings), findings);
  const associations = readAssociations(resources, findings);
  findMissingAgents(associations, clusters, findings);
  const unreadPolicies = readUnreadPolicies(resources, findings);
  const model = {
    roles: readRoles(resources, policies, findings),
    oidcProviders: readOidcProviders(resources, findings),
    clusters,
    serviceAccounts: readServiceAccounts(objects, resources, findings),
    workloads: readWorkloads(objects, clusters, fargate.selectors, findings),
    systemPods: readSystemPods(resources, clusters, nodegroups),
    associations,
    nodegroups,
    fargateSelectors: fargate.selectors,
    resources: readResources(resources, unreadPolicies, findings),
    unreadPolicies,
  };
  const found = withContents([...findings.all, ...resolver.findings], assembly);
  return { ...model, findings: found, incomplete: incompleteBecause(found) };
}
