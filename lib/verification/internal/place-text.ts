import { AccessPlace } from '../access-reason';

/** A place on one line: the path of the construct if the template has it, or else the resource and its template. */
export const placeText = ({ template, nestedStack, logicalId, path, constructPath }: AccessPlace): string =>
  [(nestedStack === undefined ? constructPath : undefined) ?? `${logicalId} in ${nestedStack ?? template}`, ...(path === undefined ? [] : [path])].join(', ');
