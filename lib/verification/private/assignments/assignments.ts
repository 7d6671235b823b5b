import { Stack } from 'aws-cdk-lib';
import { hasTokens, textOfStack } from './app-values';
import { AssignedModel, Reading } from './assigned-model';
import { checkClusters } from './check-cluster-issuers';
import { areAboutTemplates, changesNothing, mergedAssumptions } from './merged-assumptions';
import { findNamedResource } from './named-resources';
import { readAssignments } from './read-assignments';
import { StackTemplates } from './stack-templates';
import { AccessAssumptions } from '../../access-assumptions';
import { AccessPlace } from '../../access-reason';
import { isArn } from '../../internal/is-arn';
import { Assembly } from '../assembly/assembly';
import { creationStack } from '../assembly/creation-stack';
import { keptResources } from '../assembly/kept-resources';
import { placeIn } from '../assembly/template';
import { Finding, keyOfFinding, messageOf } from '../findings/finding';
import { Asked, canChange } from '../findings/gap';
import { Role } from '../model/model';
import { checkAssumptions, checkGaps } from '../questions/check-assumptions';
import { assumableParameters } from '../questions/check-parameters';
import { NamedResource } from '../questions/named-resource';
import { ClusterId } from '../values/cluster-id';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** The models of an assembly under all assignments of its conditions. */
export class Assignments {
  /** @param stack whose tokens values can have; undefined if the assembly was not synthesized for it. */
  static read(assembly: Assembly, stack?: Stack): Assignments {
    return new Assignments(assembly, {}, readAssignments(assembly, {}), stack);
  }

  readonly all: readonly [AssignedModel, ...AssignedModel[]];
  readonly templates: StackTemplates;
  private found?: Finding[];

  private constructor(
    private readonly assembly: Assembly, readonly assumptions: AccessAssumptions, readings: readonly Reading[], private readonly stack?: Stack,
  ) {
    this.all = readings.map((reading) => new AssignedModel(reading, assumptions)) as [AssignedModel, ...AssignedModel[]]; // there is always one
    this.templates = new StackTemplates(assembly, stack);
  }

  assume(added: AccessAssumptions): Assignments {
    checkAssumptions(added, this.assembly);
    const assumptions = mergedAssumptions(this.assumptions, added);
    const readings = areAboutTemplates(added) ? readAssignments(this.assembly, assumptions) : this.all.map(({ reading }) => reading);
    const assignments = new Assignments(this.assembly, assumptions, readings, this.stack);
    checkClusters(assumptions.clusterIssuers ?? {}, assignments.all, this.assembly);
    checkGaps(added.changesNothing ?? [], assignments.findings);
    return assignments;
  }

  /** Whether the templates are those of an app, which can define more after they were read. */
  get isOfApp(): boolean {
    return this.stack !== undefined;
  }

  /** The resources of the templates, under all assignments, and whether each may stay where it leaves its template. */
  get keptResources(): ReadonlyMap<string, boolean> {
    return keptResources(this.assembly);
  }

  /** The places of the resources of the templates. */
  get places(): AccessPlace[] {
    return this.assembly.templates.flatMap((template) => Object.keys(template.body.Resources).map((logicalId) => placeIn(template, logicalId)));
  }

  /** The calls that created the construct of a place, the innermost first. Empty if they are not known. */
  creationStack(place: AccessPlace): readonly string[] {
    return creationStack(this.assembly.templates, place);
  }

  /** The names of the parameters whose values can be assumed, also with the ID of their template before them. */
  get parameters(): readonly string[] {
    const { templates } = this.assembly;
    const ofOne = templates.flatMap((template) => assumableParameters(this.assembly, template).map((name) => `${template.id}/${name}`));
    return [...assumableParameters(this.assembly), ...ofOne];
  }

  /** What was found under any assignment. */
  get findings(): Finding[] {
    this.found ??= [...new Map(this.all.flatMap(({ model }) => model.findings).map((finding) => [keyOfFinding(finding), finding])).values()];
    return this.found;
  }

  /** The findings about what can change a decision and is not read, unless the assumptions set them aside. */
  gapsOf({ model }: AssignedModel, asked: Asked): string[] {
    const gaps = model.findings.filter(({ gap }) => gap && canChange(gap.scope, asked) && !changesNothing(gap, this.assumptions));
    return gaps.map((gap) => this.messageOf(gap));
  }

  /** What a finding says, with what is stated about it. */
  messageOf(finding: Finding): string {
    return messageOf(finding, finding.gap !== undefined && changesNothing(finding.gap, this.assumptions));
  }

  /** Those about whom a role trusts for a cluster. */
  gapsOfTrust(assigned: AssignedModel, { arn }: Role, cluster: ClusterId): string[] {
    return this.gapsOf(assigned, { cluster, dependsOn: ({ part, roles }) => part === 'trust' && roles.some((role) => equal(role.arn, arn) !== 'no') });
  }

  /** What a question of a test is about: an ARN, which can have tokens of the stack, or a resource of the templates. */
  askedResource(asked: string): string | NamedResource {
    if (hasTokens(asked)) {
      return asked;
    }
    const [reference] = /\$\{[^}]*\}/.exec(asked) ?? [];
    if (reference !== undefined) {
      throw new Error(`resource has ${reference} as text, which refers to nothing: `
        + 'name the resource by the path of its construct or by its logical ID, such as Stack/Bucket/*');
    }
    return isArn(asked) ? asked : this.namedResource(asked);
  }

  /** The resource that a question names by its construct or its logical ID. */
  namedResource(asked: string): NamedResource {
    return findNamedResource(asked, this.assembly, this.all[0]);
  }

  /** A value that a caller passed, which can have tokens of the stack, or the ARN of a resource that a question names. */
  text(value: string | NamedResource, { reading: { resolver } }: AssignedModel): Text {
    if (typeof value !== 'string') {
      const { template, logicalId, part } = value;
      return Text.join([resolver.arnOf(template, logicalId)!, Text.of(part)]); // it was found because it has one
    }
    if (!hasTokens(value)) {
      return Text.of(value);
    }
    if (!this.stack) {
      throw new Error('a value contains a token: pass a literal, or use PodAccess.fromStack, which resolves tokens');
    }
    return textOfStack(value, this.stack, resolver, this.templates);
  }
}
