import { AmiFamily } from './ami-families/ami-family';
import { refusalWithoutValue } from '../../private/errors';
import { IrsaNodegroupOptions } from '../irsa-nodegroup-options';

type Option = keyof IrsaNodegroupOptions;
type Place = 'nodegroup' | 'launch template' | 'user data' | 'role';

/** The options that each place contains. A test compares them with templates, and the table in docs/nodes.md is generated from them. */
export const PLACES: { readonly [place in Place]: readonly Option[] } = {
  'nodegroup': [
    'nodegroupName', 'instanceTypes', 'amiFamily', 'amiType', 'releaseVersion', 'capacityType', 'minSize', 'maxSize', 'desiredSize', 'subnets',
    'maxUnavailable', 'maxUnavailablePercentage', 'nodeAutoRepair', 'labels', 'taints', 'tags', 'nodeRole', 'launchTemplate',
  ],
  'launch template': ['amiFamily', 'amiType', 'machineImage', 'tags', 'disk', 'additionalVolumes', 'remoteAccess', 'allowPodImdsAccess'],
  'user data': ['machineImage', 'preBootstrapCommands', 'preBootstrapEnvironment', 'maxPods', 'kubelet', 'nodeConfigs', 'bottlerocketSettings'],
  'role': ['managedPolicies', 'inlinePolicies', 'permissionsBoundary', 'ssm'],
};

/** Options that must be omitted because they would have no effect. */
export interface Exclusion {
  /** Completes "must be omitted …". */
  readonly where: string;
  /** The options, each with the reason or the alternative. */
  readonly options: { readonly [option in Option]?: string };
}

/** The options that another option excludes. */
export const EXCLUSIONS = {
  nodeRole: exclusion('if nodeRole is set', onlyIn('role'), 'your role is used unchanged, so set it on the role'),
  launchTemplate: exclusion('if launchTemplate is set', onlyIn('launch template', 'user data'), 'your launch template is used unchanged, so set it there'),
  typeOfLaunchTemplate: exclusion('if launchTemplate is set', ['instanceTypes'], 'the launch template specifies the instance type'),
  imageOfLaunchTemplate: exclusion('if launchTemplate is set', ['amiFamily', 'amiType', 'releaseVersion'], 'the launch template specifies the image'),
  machineImage: exclusion('if machineImage is set', ['amiType', 'releaseVersion'], 'it only applies to Amazon EKS images'),
};

/** The options that an AMI family excludes. */
export const exclusionOf = ({ title, refuses }: AmiFamily): Exclusion => ({ where: `for ${title}`, options: refuses });

/** @throws if an option that must be omitted is set. */
export function refuseExcluded(given: IrsaNodegroupOptions, { where, options }: Exclusion): void {
  for (const [option, why] of Object.entries(options)) {
    if (given[option as Option] !== undefined) {
      throw refusalWithoutValue(option, `omitted ${where}`, why);
    }
  }
}

function exclusion(where: string, options: readonly Option[], why: string): Exclusion {
  return { where, options: Object.fromEntries(options.map((option) => [option, why])) };
}

/** The options that only these places contain. */
function onlyIn(...places: Place[]): Option[] {
  const elsewhere = Object.entries(PLACES).filter(([place]) => !places.includes(place as Place)).flatMap(([, options]) => options);
  return places.flatMap((place) => PLACES[place]).filter((option) => !elsewhere.includes(option));
}
