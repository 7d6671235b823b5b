import { PackedData, unpacked } from './packed-data';

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
interface Action {
  /** As AWS documents it, for example `s3:GetObject`. */
  readonly name: string;
  /** The formats of the ARNs of its resource types. */
  readonly arnFormats: readonly string[];
  /** Whether it acts: its access level is more than to read, list or tag. */
  readonly acts: boolean;
}

/**
 * Actions of several APIs whose policies have the same prefix, of which the data has the resources of one API only. They are taken to be about all resources with
 * the prefix. Other actions of such APIs have names of their own, or the resources of both.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
const OF_SEVERAL_APIS: ReadonlySet<string> = new Set([
  'elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags',
  'greengrass:CreateDeployment', 'greengrass:ListDeployments', 'greengrass:ListTagsForResource', 'greengrass:TagResource', 'greengrass:UntagResource',
  'ses:ListTagsForResource', 'ses:TagResource', 'ses:UntagResource',
  'sms-voice:CreateConfigurationSet', 'sms-voice:DeleteConfigurationSet', 'sms-voice:SendVoiceMessage',
]);

/** The names of all actions, as AWS documents them. */
export const actionNames = (): string[] => [...all().values()].map(({ name }) => name);

/** The names of the actions that do more than read, list or tag, as far as AWS documents it. */
export const actingNames = (): string[] => [...all().values()].filter(({ acts }) => acts).map(({ name }) => name);

/** Whether AWS documents an action. IAM ignores the case of its name. */
export const knownAction = (action: string): boolean => arnFormats(action) !== undefined;

/** Whether AWS documents an action without resource types, so that a policy must specify all resources, `*`, for it. */
export const takesNoResource = (action: string): boolean => arnFormats(action)?.length === 0;

/**
 * The ARN formats of the resource types of an action, for example `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
 * Undefined if AWS does not document the action.
 */
export const arnFormats = (action: string): readonly string[] | undefined => all().get(action.toLowerCase())?.arnFormats;

/** By their names in lower case. */
let actions: ReadonlyMap<string, Action> | undefined;
const all = () => actions ??= load();

function load(): ReadonlyMap<string, Action> {
  // only on demand, because it has a sixth of a megabyte
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { ACTIONS } = require('./actions.generated') as { readonly ACTIONS: PackedData };
  const services = unpacked(ACTIONS) as { readonly [service: string]: [arnFormats: string[], acting: string[], others: string[]][] };
  return new Map(Object.entries(services).flatMap(([service, groups]) => {
    const ofService = [...new Set(groups.flatMap(([formats]) => formats))];
    const named = (acts: boolean, formats: readonly string[], names: readonly string[]) => names.map((action) => {
      const name = `${service}:${action}`;
      return [name.toLowerCase(), { name, arnFormats: OF_SEVERAL_APIS.has(name) ? ofService : formats, acts }] as const;
    });
    return groups.flatMap(([formats, acting, others]) => [...named(true, formats, acting), ...named(false, formats, others)]);
  }));
}
