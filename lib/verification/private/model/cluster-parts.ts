import { AccessEntry } from './access-entry';
import { AddonRole } from './addon-role';
import { readAccessEntries } from './clusters/access-entries';
import { readClusters, StatedIssuers } from './clusters/clusters';
import { findMissingAgents } from './clusters/pod-identity-agent';
import { CodeLocations } from './code/code-locations';
import { CodeWrite } from './code/code-write';
import { FileSystems } from './code/file-systems';
import { NamedCode, NamedImages } from './code/named-images';
import { ObjectSource } from './code/object-source';
import { KubernetesObject } from './kubernetes-object';
import { Association, Cluster, Nodegroup, PodVolume, ServiceAccount, Workload } from './model';
import { NameOutside } from './name-outside';
import { FargateProfiles, readFargateProfiles } from './nodes/fargate-profiles';
import { readNodegroups } from './nodes/nodegroups';
import { readOtherInstances } from './nodes/other-instances';
import { readAckAssociations } from './objects/ack-associations';
import { readAppliedObjects, ReadObjects } from './objects/applied-objects';
import { findAwsObjects } from './objects/aws-objects';
import { readBindingsOfPrograms } from './objects/bindings-of-programs';
import { readChartSources } from './objects/chart-sources';
import { readCharts } from './objects/charts';
import { findGenerators, isGenerator } from './objects/generators';
import { withInner } from './objects/inner-objects';
import { podsLookedUp, servicesLookedUp } from './objects/looked-up';
import { readManifests } from './objects/manifests';
import { readNamesOutside } from './objects/names-outside';
import { readNetworkPlugins } from './objects/network-plugins';
import { isNetworkPolicy, isOtherNetworkPolicy } from './objects/network-policies';
import { readOpenKubelets } from './objects/open-kubelets';
import { readPatchedRbac } from './objects/patched-rbac';
import { readReleases } from './objects/releases';
import { readSecurityGroupPolicies } from './objects/security-group-policies';
import { OtherServers, Services } from './objects/services';
import { readSettingsInTexts } from './objects/settings-in-texts';
import { readSources } from './objects/sources';
import { accountsOfCharts } from './pods/accounts-of-charts';
import { readOtherAddonRoles } from './pods/addon-accounts';
import { readAddonCharts, readAddonValues } from './pods/addon-values';
import { readAssociations } from './pods/associations';
import { FilledContainers } from './pods/filled-containers';
import { ingressesOfCharts } from './pods/ingresses-of-charts';
import { readNamedCode } from './pods/named-code';
import { readNamedImages } from './pods/named-images';
import { readPodsOfCharts } from './pods/node-charts';
import { findPatches } from './pods/patches';
import { PodFiles } from './pods/pod-files';
import { readHostsOfPods } from './pods/pod-hosts';
import { findPodMutators } from './pods/pod-mutators';
import { readRegistryImages } from './pods/registry-images';
import { findRoleProxies } from './pods/role-proxies';
import { readServedHosts } from './pods/served-hosts';
import { readServiceAccounts } from './pods/service-accounts';
import { readServicesOfOthers } from './pods/services-of-others';
import { readSystemPods } from './pods/system-pods';
import { findUnknownAddons } from './pods/unknown-addons';
import { readWorkloads } from './pods/workloads';
import { bindingsIn } from './rbac/bindings-in';
import { StackResources } from './stack-resources';
import { Findings } from '../findings/findings';
import { Text } from '../values/text';

/**
 * The clusters of the templates, and what is in them. Each part is read once for all assignments of the conditions that do not change it. A part asks for those
 * that it depends on while it is read, so that it also depends on the conditions of these.
 */
export class ClusterParts {
  constructor(private readonly resources: StackResources, private readonly issuers: StatedIssuers, private readonly findings: Findings) {}

  get objects(): ReadObjects {
    return this.once('objects', () => {
      const [applied, manifests] = [readAppliedObjects(this.resources, this.findings), readManifests(this.resources, this.findings)];
      const written = [...applied.objects, ...manifests.objects];
      const ofPrograms = [...readBindingsOfPrograms(this.resources), ...readOpenKubelets(this.resources)];
      const objects = [...written, ...readPatchedRbac(this.resources, written), ...ofPrograms];
      const incomplete = [
        ...applied.incomplete, ...manifests.incomplete,
        ...findGenerators(objects, this.findings), ...findUnknownAddons(this.resources, this.findings),
      ];
      findAwsObjects([...objects, ...this.values], this.findings);
      findPodMutators(withInner(objects, this.values), this.findings);
      findPatches(this.resources, this.findings);
      findRoleProxies(objects, this.resources, this.findings);
      return { objects, incomplete };
    });
  }

  get charts(): readonly KubernetesObject[] {
    return this.once('charts', () => [...readCharts(this.resources), ...readAddonCharts(this.resources)]);
  }

  /** The values of charts and of other add-ons, in which objects can be, as in those of other objects. */
  private get values(): readonly KubernetesObject[] {
    return this.once('values', () => [...this.charts, ...readAddonValues(this.resources)]);
  }

  get networkPolicies(): readonly KubernetesObject[] {
    return this.once('network policies', () => this.objects.objects.filter((object) => isNetworkPolicy(object) || isOtherNetworkPolicy(object)));
  }

  get securityGroupPolicies(): readonly KubernetesObject[] {
    return this.once('security group policies', () => readSecurityGroupPolicies(this.objects.objects, this.resources));
  }

  get networkPlugins(): readonly KubernetesObject[] {
    return this.once('network plugins', () => readNetworkPlugins(this.charts, this.objects.objects));
  }

  get objectSources(): readonly ObjectSource[] {
    return this.once('sources of objects', () => {
      const { objects: { objects }, values, resources } = this;
      return [...readSources([...this.objectsAndInner, ...values], [...objects, ...values]), ...readChartSources(resources)];
    });
  }

  get fargate(): FargateProfiles {
    return this.once('Fargate profiles', () => readFargateProfiles(this.resources));
  }

  get nodegroups(): readonly Nodegroup[] {
    return this.once('nodegroups', () => readNodegroups(this.resources, this.objectsAndInner, this.findings));
  }

  get otherInstances(): readonly Text[] {
    return this.once('other instances', () => readOtherInstances(this.resources, this.nodegroups));
  }

  get clusters(): readonly Cluster[] {
    return this.once('clusters', () => {
      const { resources, objects: { objects, incomplete }, fargate, nodegroups } = this;
      return readClusters(resources, { resources, objects, nodegroups, fargate }, incomplete, this.issuers, this.findings);
    });
  }

  get associations(): readonly Association[] {
    return this.once('associations', () => {
      const associations = [...readAssociations(this.resources, this.findings), ...readAckAssociations(this.objects.objects)];
      findMissingAgents(associations, this.clusters, this.findings);
      return associations;
    });
  }

  get serviceAccounts(): readonly ServiceAccount[] {
    return this.once('service accounts', () => readServiceAccounts(this.objects.objects, this.resources, this.findings));
  }

  get accountsOfCharts(): readonly ServiceAccount[] {
    return this.once('accounts of charts', () => accountsOfCharts(this.objectsAndValues));
  }

  get otherAddonRoles(): readonly AddonRole[] {
    return this.once('roles of other add-ons', () => readOtherAddonRoles(this.resources));
  }

  get workloads(): readonly Workload[] {
    return this.once('workloads', () => readWorkloads(this.objectsWithPods, this.codeOfPods, this.fargate.selectors, this.findings));
  }

  private get objectsWithPods(): readonly KubernetesObject[] {
    return [...this.objectsAndValues, ...readSettingsInTexts(this.objects.objects)];
  }

  private get codeOfPods() {
    return { locations: this.locations, files: this.podFiles, containers: this.containers };
  }

  private get containers(): FilledContainers {
    return this.once('filled containers', () => new FilledContainers(this.objects.objects));
  }

  private get podFiles(): PodFiles {
    return this.once('pod files', () => new PodFiles(this.objectsAndValues, new FileSystems(this.resources)));
  }

  get namesOutside(): readonly NameOutside[] {
    return this.once('names outside clusters', () => readNamesOutside(this.resources));
  }

  get otherServers(): OtherServers {
    return this.once('servers besides Services', () => {
      const { objects: { objects }, charts, resources } = this;
      return {
        lookedUp: servicesLookedUp(resources),
        ofOthers: readServicesOfOthers(objects, charts),
        hostsOfPods: [...readHostsOfPods(this.workloads, this.objectsAndValues), ...podsLookedUp(resources, objects)],
        ingresses: ingressesOfCharts(this.objectsAndValues),
      };
    });
  }

  get podVolumes(): readonly PodVolume[] {
    return this.once('pod volumes', () => {
      const { objects: { objects }, charts } = this;
      const bindings = () => bindingsIn({ objects, charts, clusters: this.clusters });
      const services = new Services(this.objectsAndInner, this.namesOutside, this.otherServers);
      const served = readServedHosts(services, this.workloads, bindings, [...charts, ...objects.filter(isGenerator)]);
      return [...this.podFiles.volumes, ...served];
    });
  }

  /** The requests that read the tokens of Git providers that pods have. */
  get readsOfPodTokens(): readonly CodeWrite[] {
    return this.once('reads of tokens of pods', () => this.podFiles.readsOfTokens);
  }

  get namedCode(): readonly NamedCode[] {
    return this.once('named code', () => readNamedCode(this.objectsAndValues, this.codeOfPods));
  }

  /** All objects, and those that may exist because of others or of values. */
  get objectsAndInner(): readonly KubernetesObject[] {
    return this.once('objects and inner objects', () => withInner(this.objects.objects, this.values));
  }

  /** These, and the values of charts, add-ons and releases as objects. */
  get objectsAndValues(): readonly KubernetesObject[] {
    return this.once('objects and values', () => [...this.objectsAndInner, ...this.values, ...readReleases(this.objects.objects)]);
  }

  private get locations(): CodeLocations {
    return this.once('code locations', () => CodeLocations.ofObjects(this.resources));
  }

  get namedImages(): readonly NamedImages[] {
    return this.once('named images', () => [
      ...readNamedImages(this.objects.objects, this.locations, this.resources), ...readRegistryImages(this.objectsAndValues, this.podVolumes),
    ]);
  }

  /** The requests that change what something in clusters runs, or is applied to them. */
  get codeInCluster(): readonly CodeWrite[] {
    return [...this.workloads, ...this.namedCode, ...this.namedImages, ...this.objectSources].flatMap(({ code = [] }) => code);
  }

  get systemPods(): readonly Workload[] {
    return this.once('system pods', () => [
      ...readSystemPods(this.resources, this.clusters, this.nodegroups), ...readPodsOfCharts(this.charts, this.objects.objects),
    ]);
  }

  get accessEntries(): readonly AccessEntry[] {
    return this.once('access entries', () => readAccessEntries(this.resources, this.objects.objects, this.nodegroups, this.fargate));
  }

  private once<T>(name: string, read: () => T): T {
    return this.resources.once(name, read);
  }
}
