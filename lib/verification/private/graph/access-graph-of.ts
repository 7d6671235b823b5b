import { DraftGraph } from './draft-graph';
import { assumedBy, finished } from './finished-graph';
import { addAppFindings } from './graph-findings';
import { addPermissions } from './permission-edges';
import { addPrincipals } from './principals';
import { addTrustedOutside } from './trusted-outside';
import { AccessGraph, GraphFinding } from '../../../page/access-graph';
import { packageVersion } from '../../internal/package-version';
import { statedAssumptions } from '../answers/stated-assumptions';
import { Assignments } from '../assignments/assignments';
import { isInTemplates } from '../assignments/role-index';
import { AskedPrincipal } from '../decisions/principals/asked-principal';

/** What a page is about. */
export interface PageOf {
  readonly assignments: Assignments;
  readonly principals: readonly AskedPrincipal[];
  /** What the user calls the templates, such as `cdk.out`. */
  readonly assembly: string;
}

/** What a page shows of an assembly. */
export function accessGraphOf(page: PageOf): AccessGraph {
  const { graph, findings } = draftOf(page);
  return {
    ...finished(graph),
    title: page.assembly,
    version: packageVersion(),
    assumed: assumedBy(statedAssumptions(page.assignments.assumptions)),
    findings,
    isComparison: false,
  };
}

interface Draft {
  readonly graph: DraftGraph;
  /** About the whole app. */
  readonly findings: readonly GraphFinding[];
  /** The keys of the nodes of principals, by their names in comparisons. */
  readonly subjects: ReadonlyMap<string, string>;
}

/** A graph that is not finished. */
export function draftOf({ assignments, principals, assembly }: PageOf): Draft {
  const graph = new DraftGraph();
  const { roles, subjects } = addPrincipals(graph, principals);
  for (const role of roles) {
    addPermissions(graph, role, assignments, assembly);
    assignments.all.map((assigned) => ({ assigned, own: assigned.roles.holder(role.arn) })).filter(({ own }) => isInTemplates(own))
      .forEach(({ assigned, own }) => addTrustedOutside(graph, own, assigned));
  }
  return { graph, findings: addAppFindings(graph, assignments), subjects };
}
