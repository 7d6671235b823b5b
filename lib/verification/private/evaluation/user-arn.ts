import { arnTexts } from './arn';
import { Interned } from '../values/interned';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

const known = new Interned<Text | undefined>();

/** The ARN of the user who makes a request, if the policies are those of a user or of a group, whose members are not known; undefined for a role. */
export const userArn = (holder: Text): Text | undefined => known.of([holder], () => {
  const [, partition, , , account, resource] = arnTexts(holder) ?? [];
  if (!isOfKind(resource, 'group')) {
    return isOfKind(resource, 'user') ? holder : undefined;
  }
  const name = Text.unknown(new Unknown(`user of ${holder.key}`, { label: 'the name of the user', excludes: '*?: "\\' }));
  return Text.join([Text.of('arn'), partition, Text.of('iam'), Text.EMPTY, account, Text.join([Text.of('user/'), name])], ':');
});

/** Whether the last part of an ARN of IAM is that of a role, a user or a group. Its path, with which a slash begins, may be known only at deployment. */
export const isOfKind = (resource: Text | undefined, kind: 'role' | 'user' | 'group'): boolean =>
  resource !== undefined && (resource.start === kind || resource.startsWith(`${kind}/`));

/** The name of a user or a role in the last part of its ARN, without its path, which ends with a slash. */
export function nameIn(resource: Text): Text {
  const [kind, path, ...afterPath] = resource.parts;
  const parts = (typeof kind === 'string' && !kind.includes('/') && path instanceof Unknown ? afterPath : [...resource.parts]).reverse();
  const slash = parts.findIndex((part) => typeof part === 'string' && part.includes('/'));
  const own = (part: string | Unknown) => (typeof part === 'string' ? Text.of(part.slice(part.lastIndexOf('/') + 1)) : Text.unknown(part));
  return Text.join(parts.slice(0, slash < 0 ? parts.length : slash + 1).reverse().map(own));
}
