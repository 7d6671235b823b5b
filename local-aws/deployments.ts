import { Failure } from './commands';
import { LocalAws } from './local-aws';

const ENVIRONMENT = 'aws://123456789012/us-west-2';

export async function bootstrap(aws: LocalAws): Promise<void> {
  const { code, output } = await aws.cdk(['bootstrap', ENVIRONMENT], aws.folder); // a folder without cdk.json, so that no app is synthesized
  if (code !== 0) {
    throw new Failure(`${output.trim()}\ncdk bootstrap failed`);
  }
}

/** Deploys a stack with the CDK CLI. `args` select the app. If the deployment fails, the error has the failed events of the stack. */
export async function deploy(aws: LocalAws, stack: string, args: string[]): Promise<void> {
  await change(aws, 'deploy', stack, ['--require-approval', 'never', '--progress', 'events', ...args]);
}

/** Like `deploy`, but deletes the stack. */
export async function destroy(aws: LocalAws, stack: string, args: string[]): Promise<void> {
  await change(aws, 'destroy', stack, ['--force', ...args]);
}

async function change(aws: LocalAws, command: string, stack: string, args: string[]): Promise<void> {
  const { code, output } = await aws.cdk([command, stack, '--exclusively', ...args]);
  if (code !== 0) {
    throw new Failure(`${await failuresOf(aws, stack) || output.trim()}\ncdk ${command} ${stack} failed`);
  }
}

export async function outputsOf(aws: LocalAws, stack: string): Promise<{ [name: string]: string }> {
  const { Stacks: [{ Outputs }] } = await aws.ask('cloudformation', 'describe-stacks', '--stack-name', stack);
  return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }: any) => [OutputKey, OutputValue]));
}

async function failuresOf(aws: LocalAws, stack: string): Promise<string | undefined> {
  const { code, output } = await aws.aws(['cloudformation', 'describe-stack-events', '--stack-name', stack, '--output', 'json']);
  if (code === 0) {
    // the newest event comes first: take the events of the last change only
    const events: any[] = JSON.parse(output).StackEvents;
    const end = events.findIndex(({ ResourceStatusReason }) => ResourceStatusReason === 'User Initiated');
    const failures = events.slice(0, end < 0 ? undefined : end)
      .filter(({ ResourceStatus, LogicalResourceId }) => ResourceStatus.endsWith('_FAILED') && LogicalResourceId !== stack).reverse();
    return failures.map(({ LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }) =>
      `${ResourceStatus} ${ResourceType} ${LogicalResourceId}: ${ResourceStatusReason}`).join('\n');
  }
  return undefined;
}
