import { Named } from './keys-in-objects';
import { isIn } from '../../findings/gap';
import { mayBeEqual } from '../../values/may-be-equal';
import { textsUnder } from '../../values/text-parts';
import { firstPieces } from '../code/stored-elsewhere';
import { KeyCopy, KeyRead } from '../identities';
import { Program } from '../program';
import { StackResource } from '../stack-resource';

/** The copy of a key that something has in its environment: whoever decides what it runs reads it there. */
export function copiesInProgram(holder: StackResource, programs: readonly Program[]): KeyCopy[] {
  const own = programs.find(({ place }) => isIn(place, holder.place())); // one for each role, which all run the same
  const takeovers = own?.takeovers.flatMap(({ action, isOfProgram }): KeyRead[] =>
    (isOfProgram ? own.arns.map((arn) => ({ action, arn })) : [{ action }]));
  const reads = [...own?.code ?? [], ...takeovers ?? []];
  return reads.length > 0 ? [{ where: `the environment of ${holder.logicalId}`, place: holder.place(), reads }] : [];
}

/** How containers name the secrets that their environment has. Another role than theirs reads these. */
const VALUES_FROM = /^ValueFrom$/;

/** Whether something has one of some secrets or parameters in its environment. A key of the value can follow the ARN. */
export const hasInEnvironment = (holder: StackResource, stores: readonly Named[]): boolean => textsUnder(holder.property(), VALUES_FROM)
  .map((text) => (text.startsWith('arn:') ? firstPieces(text, 7) : text)).some((text) =>
    stores.some(({ names, arns }) => names.some(({ key }) => key === text.key) || arns.some((arn) => mayBeEqual(arn, text))));
