import { Stack } from 'aws-cdk-lib';
import { hasTokens, textOfStack } from './app-values';
import { AssignedModel, Reading } from './assigned-model';
import { checkClusters } from './check-cluster-issuers';
import { CommonModel, commonModels } from './common-models';
import { areAboutModels, areAboutTemplates, mergedAssumptions } from './merged-assumptions';
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
import { checkAssumptions } from '../questions/check-assumptions';
import { assumableParameters } from '../questions/check-parameters';
import { NamedResource } from '../questions/named-resource';
import { Text } from '../values/text';

/** The models of an assembly under all assignments of its conditions. */
export class Assignments {
  /** @param stack whose tokens values can have; undefined if the assembly was not synthesized for it. */
  static read(assembly: Assembly, stack?: Stack): Assignments {
    return new Assignments(assembly, {}, modelsOf(readAssignments(assembly, {}), {}), stack);
  }

  readonly all: readonly [AssignedModel, ...AssignedModel[]];
  readonly templates: StackTemplates;
  private common?: ReadonlyMap<AssignedModel, CommonModel>;

  private constructor(
    private readonly assembly: Assembly, readonly assumptions: AccessAssumptions, models: readonly AssignedModel[], private readonly stack?: Stack,
  ) {
    this.all = models as [AssignedModel, ...AssignedModel[]]; // there is always one
    this.templates = new StackTemplates(assembly, stack);
  }

  assume(added: AccessAssumptions): Assignments {
    checkAssumptions(added, this.assembly);
    const assumptions = mergedAssumptions(this.assumptions, added);
    const models = areAboutTemplates(added) ? modelsOf(readAssignments(this.assembly, assumptions), assumptions)
      : areAboutModels(added) ? modelsOf(this.all.map(({ reading }) => reading), assumptions) : this.all; // with all that was found in them
    const assignments = new Assignments(this.assembly, assumptions, models, this.stack);
    checkClusters(assumptions.clusterIssuers ?? {}, assignments.all, this.assembly);
    added.resourcesWithoutPolicy?.forEach((arn, i) => assignments.checkWithoutPolicy(arn, i));
    return assignments;
  }

  /** The policies of a resource of the templates decide, whatever is stated. A pattern is about others, too. */
  private checkWithoutPolicy(arn: string, i: number): void {
    const resources = this.all.map((assigned) => assigned.resources.find(this.text(arn, assigned)));
    if (resources.every((resource) => resource && resource.policies.length > 0)) {
      throw new Error(`resourcesWithoutPolicy[${i}] is ${this.text(arn, this.all[0])}, which has a policy in the templates: remove it`);
    }
  }

  /** What the model under an assignment has in common with others; undefined if that is not enough to find anything in it. */
  commonModelOf(assigned: AssignedModel): CommonModel | undefined {
    this.common ??= commonModels(this.all);
    return this.common.get(assigned);
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

const modelsOf = (readings: readonly Reading[], assumptions: AccessAssumptions): AssignedModel[] =>
  readings.map((reading) => new AssignedModel(reading, assumptions));
