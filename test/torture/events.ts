import type { Identity } from './identities';
import { ACCOUNT, REGION } from './names';
import type { Wanted } from './record';
import type { Properties } from '../../lib/kubernetes/contract/properties';
import type { OnEventRequest } from '../../lib/kubernetes/function/event';

export interface EventInput {
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly requestId: string;
  readonly time: Date;
  readonly stackId: string;
  readonly logicalId: string;
  readonly id?: string;
  readonly wanted: Wanted;
  readonly old?: Wanted;
}

export const stackIdOf = (name: string, uuid: string) => `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/${uuid}`;

/** An event as the provider framework passes it on, in which every scalar is a string. */
export function eventOf(input: EventInput, identities: Map<string, Identity>): OnEventRequest {
  const { type, requestId, time, stackId, logicalId, id, wanted, old } = input;
  const date = time.toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    RequestType: type,
    RequestId: requestId,
    ResponseURL: `https://responses.s3.amazonaws.com/${encodeURIComponent(stackId)}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-Expires=7199`,
    StackId: stackId,
    LogicalResourceId: logicalId,
    ...(id !== undefined && { PhysicalResourceId: id }),
    ResourceType: 'Custom::KubernetesObjects',
    ServiceToken: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:framework`,
    ResourceProperties: properties(wanted, identities),
    ...(old && { OldResourceProperties: properties(old, identities) }),
  } as OnEventRequest;
}

const properties = ({ existing, objects }: Wanted, identities: Map<string, Identity>) => ({
  ServiceToken: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:framework`,
  Cluster: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/test`,
  Existing: existing,
  Objects: Object.entries(objects).sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([identity, content]) => JSON.stringify(identities.get(identity)!.render(content))),
}) as unknown as Properties;
