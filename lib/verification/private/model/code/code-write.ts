import { MountedFiles } from './mounted-files';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';

/** The account and the Region of repositories. */
export interface Registry {
  readonly account: Text;
  readonly region: Text;
}

/** A request with which others decide what something runs, and the resource that it is about. Most change what runs; others read its key or its password. */
export interface CodeWrite {
  readonly action: string;
  readonly arn: Text;
  /** Where an image is, if that is known. */
  readonly registry?: Registry;
  /** Whether any tag changes what runs, so that immutable tags do not protect it. */
  readonly isOfAnyTag?: true;
  /** One of these requests is needed, too, because something protects what is there. */
  readonly afterOneOf?: readonly string[];
  /** What a policy has to name, because nothing in the templates shows that there is such a resource. */
  readonly onlyIfNamed?: string;
  /** Resources that it is certainly not about, such as those of a stack that imports the ARN. A policy has to name something else, too. */
  readonly otherThan?: readonly Text[];
  /** The condition keys of the request, as far as they make a difference. */
  readonly given?: Readonly<Record<string, readonly Text[]>>;
  /** The files that it changes, as whoever else mounts them does. */
  readonly files?: MountedFiles;
}

/** Of an ARN or a location, a part that a name does not show. */
export const anyPart = (label: string): Text => Text.unknown(new Unknown(`any ${label}`, { label: `any ${label}`, excludes: ':' }));

/** The ARN of what has a name, in any partition. */
export const arnOf = (service: string, resource: Text, ...parts: Text[]): Text =>
  Text.join([Text.of('arn'), anyPart('partition'), Text.of(service), ...parts, resource], ':');
