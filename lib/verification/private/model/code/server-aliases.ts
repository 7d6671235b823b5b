import { matchesIn } from '../../values/matches';
import { Text } from '../../values/text';

/** How the client of MinIO names a server. @see https://min.io/docs/minio/linux/reference/minio-mc/mc-alias-set.html */
const ALIAS = /\bmc +(?:alias +set|config +host +add) +["']?([\w-]+)["']? +(\S+)/g;

/** What it gets from a server, by this name. */
const GETS = /\bmc +(?:cat|cp|get|mirror)(?: +-\S+){0,9} +["']?([\w-]+)\//g;

/** The addresses of the servers of object stores from which a script gets something. */
export function serversByAlias(script: Text): Text[] {
  const used = new Set([...`${script}`.matchAll(GETS)].map(([, alias]) => alias));
  return used.size === 0 ? [] : matchesIn(script, ALIAS).flatMap(([alias, address]) => (used.has(`${alias}`) ? address : []));
}
