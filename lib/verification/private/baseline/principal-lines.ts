import { ClusterAliases } from './cluster-lines';
import { limitLines, roleName } from './role-lines';
import { nameWord, textWord, word } from './words';
import { clusterOf, Nodes, Pods } from '../assignments/principal';
import { sessionDependsOn } from '../diff/compare-tags';
import { sessionsOf } from '../diff/session';
import { stackOf } from '../findings/gap';
import { Nodegroup } from '../model/model';
import { Credentials, Reach } from '../reach/credentials';

/** Whether policies of resources or trust policies depend on the value of a tag. */
export type DependOnTag = (tag: string) => boolean;

/** Who pods or nodes are, by names that no others of the cluster have. */
export function principalSubject(principal: Pods | Nodes, clusters: ClusterAliases): string {
  const cluster = clusterOf(principal);
  return `${principalWords(principal)}${cluster ? ` in ${clusters.nameOf(cluster)}` : ''}`;
}

/** What pods or nodes can get: a line for each role, whatever it allows. Those that get nothing have no line, because nobody has to approve them. */
export function principalLines(principal: Pods | Nodes, reach: Reach, dependOn: DependOnTag): string[] {
  const obtained = reach.credentials.filter(({ isObtained }) => isObtained !== 'no');
  return [
    ...obtained.flatMap((credentials) => credentialsLines(credentials, dependOn)),
    ...reach.others.map(({ what }) => `might get other credentials: ${word(what)}`),
    ...(principal.kind === 'nodes' ? metadataLines(principal.nodegroup) : []),
  ];
}

function principalWords(principal: Pods | Nodes): string {
  if (principal.kind === 'nodes') {
    const { label, place } = principal.nodegroup;
    return `nodes of ${word(`${stackOf(place)}/${label}`)}`;
  }
  const { namespace, serviceAccountName, workload } = principal;
  return `pods of ${workload ? `${word(workload.kind)} ` : 'service account '}${nameWord(namespace)}/${nameWord(workload?.name ?? serviceAccountName)}`;
}

function credentialsLines(credentials: Credentials, dependOn: DependOnTag): string[] {
  const { role, by, isObtained, sessionPolicy } = credentials;
  const what = `credentials of ${roleName(role)} by ${word(by)}`;
  const [session] = sessionsOf([credentials]);
  const tags = [...session.tags].filter(([name]) => dependOn(name) || sessionDependsOn(name, session));
  return [
    `${isObtained === 'yes' ? 'can' : 'might'} get ${what}`,
    ...limitLines('session policy', sessionPolicy).map((line) => `with ${what}: ${line}`),
    ...tags.map(([name, value]) => `with ${what}: has the tag ${name === '' ? 'of any name' : word(name)} = ${textWord(value)}`),
  ];
}

/** Pods on the network of their node usually reach its instance metadata. */
const metadataLines = ({ podsReachMetadata, hostNetworkReachesMetadata }: Nodegroup): string[] => [
  ...(podsReachMetadata === 'no' ? [] : [`pods ${podsReachMetadata === 'yes' ? 'can' : 'might'} reach the instance metadata`]),
  ...(hostNetworkReachesMetadata === 'yes' ? []
    : [`pods on the network of their node ${hostNetworkReachesMetadata === 'no' ? 'cannot' : 'might not'} reach the instance metadata`]),
];
