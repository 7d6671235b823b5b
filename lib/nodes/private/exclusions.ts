import { AmiFamily } from './ami-families/ami-family';
import { refusalWithoutValue } from '../../private/errors';
import { IrsaNodegroupOptions } from '../irsa-nodegroup-options';

type Option = keyof IrsaNodegroupOptions;
type Place = 'nodegroup' | 'launch template' | 'user data' | 'role';

/** What each place has of the options. A test compares it with templates, and the table in docs/nodes.md is made from it. */
export const PLACES: { readonly [place in Place]: readonly Option[] } = {
  'nodegroup': [
    'nodegroupName', 'instanceTypes', 'amiFamily', 'amiType', 'releaseVersion', 'capacityType', 'minSize', 'maxSize', 'desiredSize', 'subnets',
    'maxUnavailable', 'maxUnavailablePercentage', 'nodeAutoRepair', 'labels', 'taints', 'tags', 'nodeRole', 'launchTemplate',
  ],
  'launch template': ['amiFamily', 'amiType', 'machineImage', 'tags', 'disk', 'additionalVolumes', 'remoteAccess', 'podImdsAccess'],
  'user data': ['machineImage', 'preBootstrapCommands', 'preBootstrapEnvironment', 'maxPods', 'kubelet', 'nodeConfigs', 'bottlerocketSettings'],
  'role': ['managedPolicies', 'inlinePolicies', 'permissionsBoundary', 'ssm'],
};

/** Options that must be left out, because they would be ignored. */
export interface Exclusion {
  /** Completes "must be left out …". */
  readonly where: string;
  /** The options, each with why, or with what to do instead. */
  readonly options: { readonly [option in Option]?: string };
}

/** What options exclude. */
export const EXCLUSIONS = {
  nodeRole: exclusion('beside nodeRole', onlyIn('role'), 'your role is used as it is, so set it there'),
  launchTemplate: exclusion('beside launchTemplate', onlyIn('launch template', 'user data'), 'your launch template is used as it is, so set it there'),
  typeOfLaunchTemplate: exclusion('beside launchTemplate', ['instanceTypes'], 'the launch template names the instance type'),
  imageOfLaunchTemplate: exclusion('beside launchTemplate', ['amiFamily', 'amiType', 'releaseVersion'], 'the launch template names the image'),
  machineImage: exclusion('beside machineImage', ['amiType', 'releaseVersion'], 'the image is yours'),
};

/** What an AMI family excludes. */
export const exclusionOf = ({ title, refuses }: AmiFamily): Exclusion => ({ where: `for ${title}`, options: refuses });

/** @throws if one of the options that must be left out is given. */
export function refuseExcluded(given: IrsaNodegroupOptions, { where, options }: Exclusion): void {
  for (const [option, why] of Object.entries(options)) {
    if (given[option as Option] !== undefined) {
      throw refusalWithoutValue(option, `left out ${where}`, why);
    }
  }
}

function exclusion(where: string, options: readonly Option[], why: string): Exclusion {
  return { where, options: Object.fromEntries(options.map((option) => [option, why])) };
}

/** The options that nothing but these places has. */
function onlyIn(...places: Place[]): Option[] {
  const elsewhere = Object.entries(PLACES).filter(([place]) => !places.includes(place as Place)).flatMap(([, options]) => options);
  return places.flatMap((place) => PLACES[place]).filter((option) => !elsewhere.includes(option));
}
