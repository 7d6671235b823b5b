import { arnTexts } from './arn';
import { Interned } from '../values/interned';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

const known = new Interned<Text | undefined>();

/** The ARN of the user who makes a request, if the policies are those of a user or of a group, whose members are not known; undefined for a role. */
export const userArn = (holder: Text): Text | undefined => known.of([holder], () => {
  const [, partition, , , account, resource] = arnTexts(holder) ?? [];
  if (!resource?.startsWith('group/')) {
    return resource?.startsWith('user/') ? holder : undefined;
  }
  const name = Text.unknown(new Unknown(`user of ${holder.key}`, { label: 'the name of the user', excludes: '*?: "\\' }));
  return Text.join([Text.of('arn'), partition, Text.of('iam'), Text.EMPTY, account, Text.join([Text.of('user/'), name])], ':');
});

/** The name of a user or a role in the last part of its ARN, without its path. */
export function nameIn(resource: Text): Text {
  const parts = [...resource.parts].reverse();
  const slash = parts.findIndex((part) => typeof part === 'string' && part.includes('/'));
  const own = (part: string | Unknown) => (typeof part === 'string' ? Text.of(part.slice(part.lastIndexOf('/') + 1)) : Text.unknown(part));
  return Text.join(parts.slice(0, slash < 0 ? parts.length : slash + 1).reverse().map(own));
}
