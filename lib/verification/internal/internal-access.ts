import { AccessGraph } from '../../page/access-graph';
import { AccessPlace } from '../access-reason';
import { PrincipalAccess } from '../principal-access';
import { Alert } from './sarif/alert';
import { statedAssumptions, valueOfParameter } from '../private/answers/stated-assumptions';
import { Assignments } from '../private/assignments/assignments';
import { accessLines } from '../private/baseline/access-lines';
import { findingsIn } from '../private/decisions/gaps';
import { allPrincipals } from '../private/decisions/principals/all-principals';
import { principalsOfCluster } from '../private/decisions/principals/principals-of-cluster';
import { Side } from '../private/diff/side';
import { sidesOf } from '../private/diff/sides';
import { stackOf } from '../private/findings/gap';
import { accessGraphOf, PageOf } from '../private/graph/access-graph-of';
import { ComparedChange, comparedGraphOf } from '../private/graph/compared-graph';
import { NamedResource } from '../private/questions/named-resource';
import { violationsOfRules } from '../private/rules/violations-in';

/** How two assemblies differ, and what is assumed about them, as sentences. */
interface Compared {
  readonly changes: readonly ComparedChange[];
  readonly assumed: readonly string[];
}

/** What the command line and comparisons need of the access, besides the public API. */
export class InternalAccess {
  constructor(private readonly assignments: Assignments) {}

  get sides(): readonly Side[] {
    return sidesOf(this.assignments);
  }

  /** All access, a line each. */
  get lines(): readonly string[] {
    return accessLines(this.sides, this.assumed);
  }

  /** What is assumed, as sentences. */
  get assumed(): readonly string[] {
    return statedAssumptions(this.assignments.assumptions);
  }

  /** What breaks the rules of the plugin. */
  get violations(): readonly Alert[] {
    return violationsOfRules(this.assignments);
  }

  /** The places of resources by their names in lines of access. */
  get places(): ReadonlyMap<string, AccessPlace> {
    return new Map(this.assignments.places.map((place) => [`${stackOf(place)}/${place.logicalId}`, place]));
  }

  /** The calls that created the construct of a place, the innermost first. Empty if they are not known. */
  creationStack(place: AccessPlace): readonly string[] {
    return this.assignments.creationStack(place);
  }

  /** The places of parts that are not read. */
  get unreadPlaces(): readonly string[] {
    return findingsIn(this.assignments).flatMap(({ gap }) => gap?.at ?? []);
  }

  /** What is assumed, as a sentence, if a parameter has a value. */
  assumedOf(parameter: string): string {
    return valueOfParameter(parameter);
  }

  /** The parameters whose values can be assumed. */
  get parameters(): readonly string[] {
    return this.assignments.parameters;
  }

  /** The resource that a question names by its construct or its logical ID, and its ARN for people. */
  resource(asked: string): { readonly named: NamedResource; readonly arn: string } {
    const named = this.assignments.namedResource(asked);
    return { named, arn: this.assignments.text(named, this.assignments.all[0]).toString() };
  }

  /**
   * What a page shows.
   *
   * @param assembly what the user calls the templates.
   * @param cluster whose principals it shows. @default - all
   */
  graph(assembly: string, cluster?: string): AccessGraph {
    return accessGraphOf(this.pageOf(assembly, cluster));
  }

  /**
   * What a page shows of a comparison.
   *
   * @param assemblies what the user calls the old and the new templates.
   */
  comparedGraph(before: InternalAccess, { changes, assumed }: Compared, [old, now]: readonly string[]): AccessGraph {
    return comparedGraphOf(before.pageOf(old), this.pageOf(now), changes, assumed);
  }

  private pageOf(assembly: string, cluster?: string): PageOf {
    const { assignments } = this;
    return { assignments, assembly, principals: cluster === undefined ? allPrincipals(assignments) : principalsOfCluster(assignments, cluster) };
  }

  /** The principals that are in a cluster, or might be. */
  principalsOf(cluster: string): PrincipalAccess[] {
    return principalsOfCluster(this.assignments, cluster).map((asked) => PrincipalAccess._of(asked));
  }
}
