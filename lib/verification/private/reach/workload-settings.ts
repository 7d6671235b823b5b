import { OtherCredentials } from './credentials';
import { AccessReason } from '../../access-reason';
import { Workload } from '../model/model';

/** Why a setting of a workload may change which credentials SDKs in its containers use. */
export const settingOf = ({ kind, namespace, name, place }: Workload, setting: string | undefined): AccessReason[] =>
  (setting === undefined ? [] : [{ what: `${kind} ${namespace}/${name} ${setting}, and so its containers may use other credentials than those of the service account`, place }]);

/** Why a setting of a workload may keep SDKs from the credentials of their node. */
export const settingOfMetadata = ({ kind, namespace, name, place, changesMetadata: setting }: Workload): AccessReason[] =>
  (setting === undefined ? [] : [{ what: `${kind} ${namespace}/${name} ${setting}, and so SDKs in its containers may not use the credentials of their node`, place }]);

/** What credentials its containers may have besides those of the service account. */
export const otherCredentials = (workload: Workload): OtherCredentials[] => [
  ...settingOf(workload, workload.otherCredentials).map((reason): OtherCredentials => ({ ...reason, excludedBy: 'noOtherCredentials' })),
  ...(workload.ofServices ?? []).flatMap(({ why, only }) => settingOf(workload, why).map((reason): OtherCredentials => ({ ...reason, excludedBy: 'noOtherCredentials', only }))),
];

/** What credentials of others on the node its containers can get. */
export function credentialsOfOthers({ kind, namespace, name, place, credentialsOfOthers: why }: Workload): OtherCredentials[] {
  const what = `${kind} ${namespace}/${name} ${why}, and so its containers can get credentials of others on the node`;
  return why === undefined ? [] : [{ what, place, excludedBy: 'noOtherCredentials' }];
}
