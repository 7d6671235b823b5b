import { deliveriesOfParameters } from './handed-parameters';
import { givenIn, givenVariables, SentRequest } from './sent-requests';
import { decides } from '../../resource-types/service-integrations';
import { mayBeEqual } from '../../values/may-be-equal';
import { Text } from '../../values/text';
import { scriptsIn } from '../code/commands';
import { decidesWhatRuns } from '../code/deciding-variables';
import { Delivery } from '../events';
import { StackResources } from '../stack-resources';

/** What requests run, with environment variables that they give to it. */
const RUN = ['AWS::Batch::JobDefinition', 'AWS::CodeBuild::Project', 'AWS::ECS::TaskDefinition'];

/** Whether those who give something to what sends requests decide by it what these run, or who may do what. */
export class HandingOn {
  private scripts?: readonly string[];
  private parameters?: readonly Delivery[];

  constructor(private readonly resources: StackResources) {}

  handsOn(one: SentRequest): boolean {
    return givenIn(one).some((parameter) => decides(one.request, parameter))
      || (decides(one.request, 'Environment') && givenVariables(one).some((name) => this.decidesByVariable(name, scriptsIn(one.parameters))));
  }

  /** Whether a variable decides what runs: by its name, or because a script has it as a command. Which of the tasks, jobs and builds of the templates is run is not asked. */
  decidesByVariable(name: string, scripts: readonly string[] = []): boolean {
    this.scripts ??= RUN.flatMap((type) => this.resources.ofType(type)).flatMap((resource) => scriptsIn(resource.property()));
    return decidesWhatRuns(name, [...scripts, ...this.scripts]);
  }

  /** The rules, and the sources of pipes, that hand parameters on to what has an ARN: a pipeline, or a runbook. */
  handersTo(arn: Text): Text[] {
    this.parameters ??= deliveriesOfParameters(this.resources);
    return this.parameters.filter(({ to }) => mayBeEqual(to, arn)).flatMap(({ from }) => from ?? []);
  }
}
