import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { checkClusters } from './check-cluster-issuers';
import { hasTokens, textOfStack } from './stack-values';
import { View } from './view';
import { AccessAssumptions } from '../../../access-assumptions';
import { Finding, keyOfFinding } from '../../findings/finding';
import { managedPolicy } from '../../managed-policies/managed-policies';
import { Model } from '../../model/model';
import { readModel } from '../../model/read-model';
import { unreadType } from '../../model/unread-types';
import { Assembly } from '../../templates/assembly';
import { Branch } from '../../templates/branch';
import { branchesOf, RelevantProperties, WHOLE } from '../../templates/branches';
import { Resolver } from '../../templates/resolver';
import { Template } from '../../templates/template';
import { Text } from '../../values/text';
import { checkAssumptions } from '../questions/check-assumptions';

/** Resources that are read, and whose conditions can change who may do what. */
const RELEVANT = new RegExp(`^(${[
  'AWS::(IAM|EKS|S3|KMS|SQS|SNS|SecretsManager|ECR|Lambda|DynamoDB|EFS|Logs)::\\w+',
  'AWS::AutoScaling::(AutoScalingGroup|LaunchConfiguration)',
  'AWS::EC2::(LaunchTemplate|Instance)',
  'AWS::CloudFormation::Stack',
  'Custom::.*',
].join('|')})$`);

/** Of a resource with a policy that is not read, only the policy matters, unless the resource itself is read, too. */
function relevantOf(type: string): ReadonlyArray<readonly string[]> {
  const unread = unreadType(type);
  if (!unread) {
    return RELEVANT.test(type) ? WHOLE : [];
  }
  return unread.of?.includes(type) ? WHOLE : unread.properties ?? WHOLE;
}

function relevantIn({ templates }: Assembly): RelevantProperties {
  const types = new Set(templates.flatMap(({ body }) => Object.values(body.Resources).map(({ Type }) => Type)));
  return new Map([...types].map((type) => [type, relevantOf(type)]));
}

/** The templates under one assignment of their conditions. */
export interface Possibility {
  readonly view: View;
  readonly branch: Branch;
  readonly resolver: Resolver;
}

/** What was read from the templates under one assignment of their conditions. */
type Reading = Omit<Possibility, 'view'> & { readonly model: Model };

function readingsOf(assembly: Assembly, assumptions: AccessAssumptions): Reading[] {
  const parameters = { parameters: { ...assumptions.parameters, ...assumptions.attributes } };
  return branchesOf(assembly, relevantIn(assembly), parameters).map((branch) => {
    const resolver = new Resolver(assembly, branch, parameters);
    return { branch, resolver, model: readModel(assembly, resolver, managedPolicy, assumptions.clusterIssuers) };
  });
}

/** What is known of the templates under all assignments of their conditions. */
export class World {
  readonly possibilities: readonly [Possibility, ...Possibility[]];
  private found?: Finding[];

  /** @param stack whose tokens values can have. */
  constructor(
    private readonly assembly: Assembly, readonly assumptions: AccessAssumptions, private readonly stack?: Stack,
    private readonly readings: readonly Reading[] = readingsOf(assembly, assumptions),
  ) {
    const possibilities = readings.map(({ branch, resolver, model }) => ({ branch, resolver, view: new View(model, assumptions) }));
    this.possibilities = possibilities as [Possibility, ...Possibility[]]; // there is always one branch
  }

  assume(assumptions: AccessAssumptions): World {
    checkAssumptions(assumptions, this.assembly);
    const { noResourcePolicy = [], parameters, attributes, clusterIssuers, context } = this.assumptions;
    const isAboutTemplates = [assumptions.parameters, assumptions.attributes, assumptions.clusterIssuers].some((one) => one !== undefined);
    const world = new World(this.assembly, {
      noOtherNodes: assumptions.noOtherNodes ?? this.assumptions.noOtherNodes,
      noOtherCredentials: assumptions.noOtherCredentials ?? this.assumptions.noOtherCredentials,
      oidcProvidersExist: assumptions.oidcProvidersExist ?? this.assumptions.oidcProvidersExist,
      unreadPartsChangeNothing: assumptions.unreadPartsChangeNothing ?? this.assumptions.unreadPartsChangeNothing,
      noResourcePolicy: [...noResourcePolicy, ...assumptions.noResourcePolicy ?? []],
      parameters: { ...parameters, ...assumptions.parameters },
      attributes: { ...attributes, ...assumptions.attributes },
      clusterIssuers: { ...clusterIssuers, ...assumptions.clusterIssuers },
      context: { ...context, ...assumptions.context },
    }, this.stack, isAboutTemplates ? undefined : this.readings); // reading the templates takes most of the time
    checkClusters(world.assumptions.clusterIssuers ?? {}, world.possibilities.map(({ view }) => view));
    return world;
  }

  /** What was found under any assignment of the conditions. */
  get findings(): Finding[] {
    this.found ??= this.find();
    return this.found;
  }

  /** Why no decision is certain, unless the assumptions set it aside. */
  get unread(): string[] {
    return this.assumptions.unreadPartsChangeNothing ? [] : [...new Set(this.possibilities.flatMap(({ view }) => view.model.incomplete))];
  }

  private find(): Finding[] {
    return [...new Map(this.possibilities.flatMap(({ view }) => view.model.findings).map((finding) => [keyOfFinding(finding), finding])).values()];
  }

  /** A value that a caller passed, which can have tokens of the stack. */
  text(value: string, { resolver }: Possibility): Text {
    if (!hasTokens(value)) {
      return Text.of(value);
    }
    if (!this.stack) {
      throw new Error('a value contains a token: pass a literal, or use PodAccess.fromStack, which resolves tokens');
    }
    return textOfStack(value, this.stack, resolver, (stack) => this.templateOf(stack));
  }

  /** Undefined for a stack of another stage, even if one of this stage has its name. */
  templateOf(stack: Stack): Template | undefined {
    const { nestedStackParent: parent, nestedStackResource: resource } = stack;
    if (this.stack && Stage.of(stack) !== Stage.of(this.stack)) {
      return undefined;
    }
    if (!parent || !resource) {
      return this.assembly.templates.find(({ file }) => file === stack.templateFile);
    }
    const template = this.templateOf(parent);
    return template && this.assembly.nestedIn(template, parent.getLogicalId(resource as CfnResource));
  }
}
