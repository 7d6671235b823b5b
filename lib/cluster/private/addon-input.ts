import { Token } from 'aws-cdk-lib';
import { KNOWN_ADDONS, KnownAddon } from './known-addons';
import { hintForAddon } from './misspelled-addon';
import { IIrsaCluster, IServiceAccountRole, PodCredentials, ServiceAccountRoleOptions } from '../../identity';
import { ControllerAccount } from '../../policies/internal/controller-account';
import { refusalWithoutValue } from '../../private/errors';
import { IrsaAddonOptions } from '../irsa-addon-options';

/** What the options of an add-on say of its role. */
export interface AddonRoleInput {
  readonly addonName: string;
  /** Undefined if the add-on is not known, and gets no role. */
  readonly serviceAccounts?: KnownAddon['serviceAccounts'];
  readonly hasRole: boolean;
  readonly credentials: PodCredentials;
  readonly roleOptions: ServiceAccountRoleOptions;
  readonly serviceAccountRole?: IServiceAccountRole;
}

/** What is known of an add-on; undefined for one that the library does not know. */
export const knownAddon = (addonName: string): KnownAddon | undefined =>
  (Object.hasOwn(KNOWN_ADDONS, addonName) ? KNOWN_ADDONS[addonName] : undefined);

/** Reads and checks the options for the role of an add-on. */
export function addonRoleInput(cluster: IIrsaCluster, options: IrsaAddonOptions): AddonRoleInput {
  const {
    addonName, addonVersion, configurationValues, resolveConflicts, preserveOnDelete,
    namespace, serviceAccountName, serviceAccountRole, ...roleOptions
  } = options;
  const known = knownAddon(addonName);
  const given = givenNames({ ...roleOptions, namespace, serviceAccountName, serviceAccountRole });
  if (known) {
    checkOmitted(known.serviceAccounts ? [] : given, `omitted for the add-on ${addonName}`,
      'Amazon EKS accepts no role for it; if its pods need one, define a ServiceAccountRole for their service account, with PodCredentials.podIdentity()');
    checkOmitted(givenNames({ namespace, serviceAccountName }), `omitted for the add-on ${addonName}`, 'its service account is known');
  } else if (given.length > 0) {
    checkUnknown(options);
  }
  if (serviceAccountRole) {
    checkOmitted(givenNames(roleOptions), 'omitted if serviceAccountRole is set', 'set it on the construct that defines the role');
  }
  const credentials = serviceAccountRole?._podCredentials ?? roleOptions.podCredentials ?? cluster._definition.podCredentials;
  const hasRole = given.length > 0 || known?.managedPolicies !== undefined;
  if (hasRole) {
    checkCredentials(credentials);
  }
  return { addonName, serviceAccounts: known ? known.serviceAccounts : accountOf(options), hasRole, credentials, roleOptions, serviceAccountRole };
}

/** The names of the properties that are set. */
const givenNames = (properties: object): string[] =>
  Object.entries(properties).filter(([, value]) => value !== undefined).map(([name]) => name);

function checkOmitted([given]: string[], allowed: string, fix: string): void {
  if (given !== undefined) {
    throw refusalWithoutValue(given, allowed, fix);
  }
}

/** The service account of an add-on that is not known; undefined if the options do not say all of it. */
function accountOf(options: IrsaAddonOptions): KnownAddon['serviceAccounts'] {
  const { namespace, serviceAccountName } = ControllerAccount.namesOf(options, options.controllerPolicies);
  return namespace !== undefined && serviceAccountName !== undefined ? { namespace, names: [serviceAccountName] } : undefined;
}

function checkUnknown(options: IrsaAddonOptions): void {
  const { addonName, serviceAccountRole, managedPolicies, inlinePolicies, controllerPolicies } = options;
  if (!accountOf(options) || (serviceAccountRole ?? managedPolicies ?? inlinePolicies ?? controllerPolicies) === undefined) {
    const hint = hintForAddon(addonName);
    const name = Token.isUnresolved(addonName) ? 'an add-on whose name is a token' : `the add-on ${addonName}, which is not known,`;
    const role = hint ? `the library does not know the add-on ${addonName}: ${hint} If the name is correct, its role` : `the role of ${name}`;
    throw new Error(`${role} requires namespace, serviceAccountName, and managedPolicies, inlinePolicies, controllerPolicies or serviceAccountRole: `
      + 'aws eks describe-addon-versions prints the namespace, and aws eks describe-addon-configuration the service account and the policies');
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-addon-podidentityassociation.html */
function checkCredentials({ _definition: { podIdentityOptions = {} } }: PodCredentials): void {
  const unsupported = Object.entries(podIdentityOptions).find(([, value]) => value !== undefined && value !== false);
  if (unsupported) {
    throw refusalWithoutValue(`${unsupported[0]} of PodCredentials.podIdentity`, 'omitted for an add-on', 'an association that an add-on owns does not have it');
  }
}
