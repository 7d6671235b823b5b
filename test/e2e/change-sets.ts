import { LocalAws } from '../../local-aws/local-aws';

export interface StackState {
  readonly status: string;
  /** The events of failed resources, or those of the stack if no resource failed; oldest first. */
  readonly failures: string[];
}

export interface ChangeOptions {
  readonly type?: 'CREATE' | 'UPDATE';
  /** A parameter that is undefined keeps its previous value. */
  readonly parameters?: { [name: string]: string | undefined };
  readonly name?: string;
  /** The ARN of the role with which CloudFormation makes the change. @default - the administrator */
  readonly role?: string;
  /** Runs between the creation of the change set and its execution. */
  readonly inBetween?: () => Promise<unknown>;
}

/** Creates or updates a stack with the AWS CLI, through a change set. */
export async function changeStack(aws: LocalAws, stack: string, template: object, options: ChangeOptions = {}): Promise<StackState> {
  const { type = 'CREATE', parameters = {}, name = type.toLowerCase(), role, inBetween } = options;
  const names = ['--stack-name', stack, '--change-set-name', name];
  const given = Object.entries(parameters)
    .map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ...(ParameterValue === undefined ? { UsePreviousValue: true } : { ParameterValue }) }));
  await aws.ask('cloudformation', 'create-change-set', ...names, '--change-set-type', type, '--template-body', JSON.stringify(template),
    '--parameters', JSON.stringify(given), ...(role ? ['--role-arn', role] : []));
  await inBetween?.();
  await aws.ask('cloudformation', 'execute-change-set', ...names);
  return stackState(aws, stack);
}

export async function stackState(aws: LocalAws, stack: string): Promise<StackState> {
  const { StackEvents } = await aws.ask('cloudformation', 'describe-stack-events', '--stack-name', stack);
  const failed: any[] = StackEvents.filter(({ ResourceStatus }: any) => ResourceStatus.endsWith('_FAILED')).reverse();
  const ofResources = failed.filter(({ LogicalResourceId }) => LogicalResourceId !== stack);
  return {
    status: StackEvents.find(({ LogicalResourceId }: any) => LogicalResourceId === stack).ResourceStatus,
    failures: (ofResources.length ? ofResources : failed)
      .map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) => `${ResourceStatus} ${LogicalResourceId}: ${ResourceStatusReason}`),
  };
}
