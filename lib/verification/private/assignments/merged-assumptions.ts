import { AccessAssumptions } from '../../access-assumptions';
import { Gap } from '../findings/gap';

/** Assumptions, and more of them. Of two that contradict each other, the later one counts. */
export const mergedAssumptions = (before: AccessAssumptions, added: AccessAssumptions): AccessAssumptions => ({
  noOtherNodes: added.noOtherNodes ?? before.noOtherNodes,
  noOtherCredentials: added.noOtherCredentials ?? before.noOtherCredentials,
  oidcProvidersExist: added.oidcProvidersExist ?? before.oidcProvidersExist,
  unreadPartsChangeNothing: added.unreadPartsChangeNothing ?? before.unreadPartsChangeNothing,
  changesNothing: [...before.changesNothing ?? [], ...added.changesNothing ?? []],
  resourcesWithoutPolicy: [...before.resourcesWithoutPolicy ?? [], ...added.resourcesWithoutPolicy ?? []],
  parameters: { ...before.parameters, ...added.parameters },
  attributes: { ...before.attributes, ...added.attributes },
  clusterIssuers: { ...before.clusterIssuers, ...added.clusterIssuers },
  context: { ...before.context, ...added.context },
});

/** Whether assumptions change what the templates say, and not only what is concluded from it. */
export const areAboutTemplates = ({ parameters, attributes, clusterIssuers }: AccessAssumptions): boolean =>
  [parameters, attributes, clusterIssuers].some((one) => one !== undefined);

/** Those that change what is found in a model of the templates. */
export type ModelAssumptions = Pick<AccessAssumptions, 'changesNothing' | 'noOtherNodes' | 'oidcProvidersExist'>;

export const areAboutModels = ({ changesNothing: places, noOtherNodes, oidcProvidersExist }: ModelAssumptions): boolean =>
  [places, noOtherNodes, oidcProvidersExist].some((one) => one !== undefined);

/** Whether a user has stated that a gap changes nothing. */
export const changesNothing = ({ at }: Gap, { changesNothing: places = [], unreadPartsChangeNothing = false }: AccessAssumptions): boolean =>
  unreadPartsChangeNothing || places.includes(at);
