import { atAGlance } from './at-a-glance';
import { AccessFinding } from '../../access-reason';
import { AccessTableRow, ReachableRole } from '../../access-table-row';
import { isInTemplates } from '../assignments/role-index';
import { AskedPrincipal } from '../decisions/principals/asked-principal';
import { nodegroupName } from '../decisions/principals/find-principals';
import { OtherCredentials } from '../reach/credentials';
import { INSTANCE_METADATA } from '../reach/metadata-credentials';

/** The row of a principal in the access table. */
export function rowOf(asked: AskedPrincipal): AccessTableRow {
  const shown = asked.credentials.filter(({ credentials: { role } }) => !['host', 'volume'].includes(role.noun));
  const roles = shown.map(({ credentials }) => credentials.role);
  return { ...addressOf(asked), roles: reachableRoles(shown, asked), atAGlance: atAGlance(roles, asked.assignments), findings: findingsOn(asked) };
}

function addressOf(asked: AskedPrincipal): Pick<AccessTableRow, 'kind' | 'cluster' | 'namespace' | 'name' | 'serviceAccountName' | 'isDefinedElsewhere'> {
  const { principal, cluster } = asked;
  if (principal.kind === 'nodes') {
    return { kind: 'Nodegroup', cluster, name: nodegroupName(principal.nodegroup), isDefinedElsewhere: false };
  }
  if (principal.kind === 'trusted') {
    return { kind: 'Role', cluster, name: principal.role.label, isDefinedElsewhere: true };
  }
  if (principal.kind === 'role') {
    return { kind: 'RoleSession', cluster, name: principal.role.label, isDefinedElsewhere: false };
  }
  const { namespace, serviceAccountName, workload } = principal;
  return {
    kind: workload?.kind ?? 'ServiceAccount',
    cluster,
    namespace: namespace.toString(),
    name: (workload?.name ?? serviceAccountName).toString(),
    serviceAccountName: serviceAccountName.toString(),
    isDefinedElsewhere: asked.isDefinedElsewhere,
  };
}

const reachableRoles = (shown: AskedPrincipal['credentials'], asked: AskedPrincipal): ReachableRole[] => shown
  .map(({ credentials: { role, by, isDefault }, isCertain }) => ({
    role: role.label,
    roleArn: role.arn.toString(),
    by,
    isDefault: isDefault === 'yes',
    isCertain,
    atAGlance: atAGlance([role], asked.assignments),
    place: isInTemplates(role) ? role.place : undefined,
  }))
  .sort((one, other) => Number(other.isDefault) - Number(one.isDefault));

/** What is special about the access of a principal. */
function findingsOn(asked: AskedPrincipal): AccessFinding[] {
  const reaches = asked.allReaches;
  const all = reaches.flatMap(({ credentials }) => credentials);
  const others = reaches.flatMap((reach) => reach.others);
  const isOfNodes = ({ excludedBy }: OtherCredentials) => excludedBy === 'noOtherNodes';
  const refused = all.filter(({ by, isDefault, isObtained }) => by !== INSTANCE_METADATA && isDefault === 'yes' && isObtained === 'no');
  const findings = [
    ...refused.map(({ role, chain, broken = chain[chain.length - 1] }) =>
      ({ id: 'no-credentials', message: `it does not get the credentials of role ${role.label}: ${broken.what}`, place: broken.place })),
    ...all.filter(({ by, isObtained }) => by === INSTANCE_METADATA && isObtained !== 'no').map(({ chain, role }) =>
      ({ id: 'node-role-reachable', message: `it can use the role of its nodes, ${role.label}: ${chain[0].what}`, place: chain[0].place })),
    ...others.filter((other) => !isOfNodes(other)).map(({ what, place }) => ({ id: 'other-credentials', message: what, place })),
    ...others.filter(isOfNodes).map(({ what, place }) => ({ id: 'other-nodes', message: what, place })),
  ];
  return [...new Map(findings.map((finding) => [finding.message, finding])).values()];
}
