import { clusterAccessLines } from './cluster-access-lines';
import { ClusterAliases } from './cluster-lines';
import { DependOnTag, principalLines, principalSubject } from './principal-lines';
import { permissionLines, trustLines } from './role-lines';
import { policyLines } from './statement-lines';
import { wayLines } from './way-lines';
import { hashWord, textWord, word } from './words';
import { AccessPlace } from '../../access-reason';
import { comparedRoles, trustingRoles } from '../diff/compare-roles';
import { Elsewhere } from '../diff/elsewhere';
import { Relevance } from '../diff/relevance';
import { settingsOf } from '../diff/resource-settings';
import { ComparedPrincipal, Side } from '../diff/side';
import { Finding } from '../findings/finding';
import { stackOf } from '../findings/gap';
import { Resource } from '../model/resource';

/**
 * Everything that a comparison of a side with another one looks at. Of two sides with the same lines, neither is broader, but that workloads can run under other
 * service accounts of the lines: who approves what an account can do, approves it for all of its workloads.
 */
export function sideLines(side: Side): string[] {
  const { model, principals, ways } = side;
  const clusters = new ClusterAliases(model.clusters);
  const elsewhere = new Elsewhere([side]);
  const relevance = new Relevance([side]);
  return [...new Set([
    ...clusters.lines,
    ...model.accessEntries.flatMap((entry) => clusterAccessLines(entry, clusters)),
    ...linesOfPrincipals(principals, clusters, (tag) => elsewhere.dependOn(tag)),
    ...comparedRoles(model, principals).flatMap(permissionLines),
    ...trustingRoles(model).flatMap(trustLines),
    ...ways.flatMap((way) => wayLines(way, clusters)),
    ...model.resources.flatMap((resource) => resourceLines(resource, relevance)),
    ...model.findings.map(findingLine),
  ])];
}

/**
 * A workload with the same lines as its service account has none of its own: what another workload of the account does is not new. One that gets nothing, where
 * others of its account get something, has a line, because it would be new if it got that, too.
 */
function linesOfPrincipals(principals: readonly ComparedPrincipal[], clusters: ClusterAliases, dependOn: DependOnTag): string[] {
  // what pods that the templates do not show can get follows from the lines of the nodes
  const all = principals.flatMap(({ principal, reach, ...keys }) =>
    (principal ? [{ ...keys, principal, lines: [...new Set(principalLines(principal, reach, dependOn))].sort() }] : []));
  const access = new Map(all.map(({ clusterKey, key, lines }) => [JSON.stringify([clusterKey, key]), lines.join('\n')]));
  return all
    .filter(({ clusterKey, accountKey, lines }) => accountKey === undefined || access.get(JSON.stringify([clusterKey, accountKey])) !== lines.join('\n'))
    .flatMap(({ principal, accountKey, lines }) => {
      const own = lines.length === 0 && accountKey !== undefined ? ['can get no credentials'] : lines;
      return own.map((line) => `${principalSubject(principal, clusters)}: ${line}`);
    });
}

const resourceLines = (resource: Resource, relevance: Relevance): string[] => {
  const name = `${word(resource.type)} ${textWord(resource.arn)}`;
  return [
    ...policyLines(resource.policies, 'resource').map((line) => `policy of ${name}: ${line}`),
    ...[...settingsOf(resource, relevance)].map(([setting, value]) => `resource ${name}: has ${word(setting)} = ${textWord(value)}`),
  ];
};

const findingLine = ({ id, message, place, content }: Finding): string =>
  `templates: ${word(id)} ${word(message)}${place ? ` at ${placeWords(place)}` : ''}${content === undefined ? '' : ` ${hashWord(content)}`}`;

const placeWords = ({ logicalId, path, constructPath, ...place }: AccessPlace) => [
  word(`${stackOf(place)}/${logicalId}`),
  ...(path === undefined ? [] : ['in', word(path)]),
  ...(constructPath === undefined ? [] : ['of', word(constructPath)]),
].join(' ');
