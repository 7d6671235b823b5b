import { ClusterParts } from './cluster-parts';
import { readAppliers } from './clusters/appliers';
import { StatedIssuers } from './clusters/clusters';
import { readJobServices } from './clusters/job-services';
import { readUserSources, readUsersOfArgoCd } from './clusters/user-sources';
import { readActivationCodes } from './credentials/activation-codes';
import { readClusterCredentials } from './credentials/cluster-credentials';
import { readConfiguredIdentities } from './credentials/configured-identities';
import { readHeldIdentities } from './credentials/held-identities';
import { KINDS } from './credentials/kinds';
import { namedTokens, TokensOf } from './credentials/named-tokens';
import { NamedValues } from './credentials/named-values';
import { readPushedIdentities } from './credentials/pushed-identities';
import { readRepositoryTokens, readsOf } from './credentials/repository-tokens';
import { readStoredCertificates } from './credentials/stored-certificates';
import { readUnknownKeys } from './credentials/unknown-keys';
import { readUserKeys } from './credentials/user-keys';
import { readEvents } from './deliveries/events';
import { readActors } from './deployment/actors';
import { readRolesOfHosts } from './deployment/roles-of-hosts';
import { readAssets, readDeployers, readStacks } from './deployment/stacks';
import { readTakenValues } from './deployment/taken-values';
import { Model } from './model';
import { CodeStores } from './programs/code-stores';
import { readCommands } from './programs/commands';
import { keysOfInstances } from './programs/keys-of-instances';
import { readNamedPrograms, readPrograms } from './programs/programs';
import { readResources } from './resources/resources';
import { findUnknownTypes } from './resources/unknown-types';
import { readUnreadPolicies } from './resources/unread-policies';
import { findAttachedPolicies } from './roles/attached-policies';
import { readGivenRoles } from './roles/given-roles';
import { HeldPolicies } from './roles/held-policies';
import { ROLES } from './roles/holder-kinds';
import { readIdentityPools } from './roles/identity-pools';
import { AwsManagedPolicies, ManagedPolicies } from './roles/managed-policies';
import { readOidcProviders } from './roles/oidc-providers';
import { readRoles } from './roles/roles';
import { readSamlProviders } from './roles/saml-providers';
import { poolsWithoutSignUp } from './roles/user-pools';
import { readUsers } from './roles/users';
import { StackResources } from './stack-resources';
import { withContents } from './unread-contents';
import { Assembly } from '../assembly/assembly';
import { managedPolicy } from '../aws-data/managed-policies';
import { Findings } from '../findings/findings';
import { Resolver } from '../resolution/resolver';
import { sameList } from '../values/interned';

/**
 * What the templates say about who can get which credentials, and findings about what they do not show.
 *
 * @param resolver shares what was read with others that read with the same policies and issuers.
 * @param issuers those that are stated.
 */
export function readModel(
  assembly: Assembly, resolver: Resolver, awsManaged: AwsManagedPolicies = managedPolicy, issuers: StatedIssuers = {},
): Model {
  const findings = new Findings(resolver.foundByReaders);
  const resources = new StackResources(assembly, resolver, findings);
  findUnknownTypes(resources, findings);
  findAttachedPolicies(resources, findings);
  resources.ofType('AWS::CloudFormation::Stack').forEach((stack) => stack.property()); // which parameters it has matters, whatever is in it
  const parts = new ClusterParts(resources, issuers, findings);
  const { clusters, nodegroups, fargate } = parts;
  const managed = new ManagedPolicies(resources, awsManaged, findings);
  const policies = new HeldPolicies(ROLES, resources, managed, findings);
  const { associations } = parts;
  const unreadPolicies = readUnreadPolicies(resources, findings);
  const readable = readResources(resources, unreadPolicies, findings);
  const objects = () => parts.objectsAndInner;
  const named = () => resources.once('named programs', () => readNamedPrograms(resources, objects()));
  const tokensOf: TokensOf = (names) => namedTokens(resources, named(), objects())(names);
  const activationCodes = () => resources.once('activation codes', () => tokensOf(KINDS.activationCode));
  const tokens = () => resources.once('repository tokens', () => readRepositoryTokens(resources, objects(), named(), parts));
  const readsOfKind = (kind: keyof typeof KINDS) => new NamedValues(KINDS[kind], resources).copies(named(), objects).flatMap(readsOf);
  const codeStores = () => resources.once('code stores', () => new CodeStores(resources, parts.podVolumes, {
    repository: tokens().reads, registry: readsOfKind('registryPassword'), packages: readsOfKind('packageToken'),
  }));
  const readOnce = () => resources.once('programs', () => readPrograms(resources, codeStores(), named(), () => parts.codeInCluster));
  const programs = readOnce();
  const roles = readRoles(resources, policies, findings);
  const { serviceAccounts } = parts;
  const commands = readCommands(resources, parts.objectsAndValues, { roles, programs, serviceAccounts, associations });
  const givenRoles = resources.once('given roles', () => readGivenRoles(resources));
  const oidcProviders = resources.once('OIDC providers', () => readOidcProviders(resources, findings));
  const samlProviders = resources.once('SAML providers', () => readSamlProviders(resources));
  const pushed = readPushedIdentities(roles, oidcProviders, resources, tokens, tokensOf, (write) => codeStores().writesOf(write));
  const keys = readUserKeys(assembly, resolver, resources, programs, objects);
  const model = {
    roles,
    omittedRoles: [],
    users: readUsers(resources, policies, managed, findings),
    userKeys: [...keys.userKeys, ...keysOfInstances(resources, objects(), programs), ...readActivationCodes(roles, activationCodes)],
    madeKeys: keys.madeKeys,
    unknownKeys: readUnknownKeys(resources, programs, objects),
    storedCertificates: readStoredCertificates(roles, givenRoles, resources, named, objects, () => parts.charts),
    heldIdentities: [
      ...readHeldIdentities(roles, oidcProviders, samlProviders, () => parts.objectsAndValues),
      ...readConfiguredIdentities(roles, oidcProviders, () => parts.objectsAndValues), ...pushed.held,
    ],
    podVolumes: parts.podVolumes,
    oidcProviders,
    identityPools: readIdentityPools(resources),
    givenRoles,
    poolsWithoutSignUp: poolsWithoutSignUp(resources).map(({ ref }) => ref),
    clusters,
    serviceAccounts,
    accountsOfCharts: parts.accountsOfCharts,
    otherAddonRoles: parts.otherAddonRoles,
    workloads: parts.workloads,
    namedCode: parts.namedCode,
    namedImages: parts.namedImages,
    objects: parts.objects.objects,
    charts: parts.charts,
    networkPolicies: parts.networkPolicies,
    securityGroupPolicies: parts.securityGroupPolicies,
    networkPlugins: parts.networkPlugins,
    namesOutside: parts.namesOutside,
    otherServers: parts.otherServers,
    clusterCredentials: resources.once('credentials of clusters', () => readClusterCredentials(objects(), parts.charts, tokensOf)),
    objectSources: parts.objectSources,
    codeStores: codeStores(),
    systemPods: parts.systemPods,
    associations,
    nodegroups,
    otherInstances: parts.otherInstances,
    rolesOfHosts: resources.once('roles of hosts', () => readRolesOfHosts(resources)),
    fargateSelectors: fargate.selectors,
    resources: readable,
    unreadPolicies,
    actors: [...readActors(resources), ...commands],
    programs: sameList([...programs, ...pushed.programs]),
    events: resources.once('events', () => readEvents(resources, () => parts.objectsAndValues)),
    accessEntries: parts.accessEntries,
    appliers: resources.once('appliers', () => readAppliers(resources)),
    jobServices: resources.once('job services', () => readJobServices(resources)),
    userSources: [...readUserSources(resources), ...readUsersOfArgoCd(resources, () => parts.objectsAndValues)],
    stacks: readStacks(resources),
    takenValues: resources.once('taken values', () => readTakenValues(assembly, resolver, resources, parts.objects.objects)),
    assets: readAssets(resources),
    deployers: readDeployers(resources),
  };
  return { ...model, findings: withContents([...findings.all, ...resolver.findings], assembly) };
}
