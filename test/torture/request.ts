import type { EventInput } from './events';
import type { SetName, Wanted } from './record';
import type { Stack } from './stack';

/** What CloudFormation requests for a set. */
export interface Request {
  readonly type: EventInput['type'];
  readonly stack: Stack;
  readonly logicalId: string;
  readonly id?: string;
  readonly wanted: Wanted;
  readonly old?: Wanted;
  /** Whether it is a rollback, which must succeed regardless of the objects. */
  readonly isRollBack?: boolean;
}

export const identitiesOf = ({ wanted, old }: Request) => [...Object.keys(wanted.objects), ...Object.keys(old?.objects ?? {})];

export const setOf = ({ stack, logicalId }: Request): SetName => `${stack.name}/${logicalId}`;
