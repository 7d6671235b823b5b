import { isDeepStrictEqual } from 'node:util';
import { managerOf, Step } from './write-object';
import type { KubernetesObject } from '../client/kubernetes-object';
import { valueAt } from '../fields/managed-fields';
import { fieldsTaken, merged, TakenField } from '../fields/taken-fields';
import { unmanagedOf } from '../fields/unmanaged-fields';

/**
 * Records the current values of the fields that the apply will change. For an object that we created, it records only fields that others
 * have set, because other fields can have default values.
 *
 * @param dry the result of a dry run; undefined if there is nothing to write.
 */
export function remember(step: Step, dry: KubernetesObject | undefined): void {
  const { judgement, found, desired } = step;
  if (judgement.verdict !== 'apply' || !dry) {
    return;
  }
  const { entry } = judgement;
  const all = fieldsTaken(found!, dry, managerOf(desired));
  const isAll = entry.origin === 'foreign' || entry.epoch > 1 || desired.entry?.epoch === 0;
  // if the managed fields were cleared, nobody manages the fields that we have set ourselves
  const last = desired.entry && desired.entry.epoch > 0 && desired.entry.uid === entry.uid ? desired.entry.object : undefined;
  const isOwn = ({ path, value, managers }: TakenField) =>
    managers.length === 0 && value !== undefined && isDeepStrictEqual(value, valueAt(last, path));
  const unmanaged = unmanagedOf(found!);
  const isOfOthers = ({ path, value, managers }: TakenField) =>
    value !== undefined && (managers.length > 0 || unmanaged.some((other) => isDeepStrictEqual(other, path)));
  const taken = all.filter((field) => !isOwn(field) && (isAll || isOfOthers(field)));
  step.judgement = { ...judgement, entry: { ...entry, fields: merged(entry.fields, taken) } };
}
