import { stackOf } from '../../findings/gap';
import { distinct } from '../../values/distinct';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The ARNs of each stack of the templates, and of those in which it is nested. Each ends with an ID that only the deployment knows. */
export const readStacks = (resources: StackResources): Map<string, readonly Text[]> =>
  new Map([...oneOfEachStack(resources)].map(([id, resource]) => [id, resource.once('ARNs of its stacks', () => arnsOf(resource))]));

/** The buckets from which stacks are deployed, each once. */
export const readAssets = (resources: StackResources): Text[] => ofStacks(resources, ({ assets }) => assets);

/**
 * The ARNs of the roles with which AWS CloudFormation deploys stacks, each once, as far as the manifest or the version of the bootstrap stack tells them.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html#bootstrapping-env-roles
 */
export const readDeployers = (resources: StackResources): Text[] => ofStacks(resources, (resource) =>
  resource.creatorArn ?? resource.bootstrapped('cfn-exec-role', 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/'));

const ofStacks = (resources: StackResources, find: (resource: StackResource) => Text | undefined): Text[] =>
  distinct([...oneOfEachStack(resources).values()].flatMap((resource) => find(resource) ?? []));

const oneOfEachStack = ({ all }: StackResources): ReadonlyMap<string, StackResource> =>
  new Map(all.map((resource) => [stackOf(resource.place()), resource]));

const arnsOf = (resource: StackResource): Text[] => [arnOfStack(resource), ...(resource.nestedStack ? arnsOf(resource.nestedStack) : [])];

function arnOfStack(resource: StackResource): Text {
  const [partition, region, account, name] = (['Partition', 'Region', 'AccountId', 'StackName'] as const).map((parameter) => resource.pseudoParameter(parameter));
  const id = Text.unknown(new Unknown(`${stackOf(resource.place())} ID`, { label: 'ID', excludes: ':/' }));
  const stack = Text.join([Text.of('stack'), name, id], '/');
  return Text.join([Text.of('arn'), partition, Text.of('cloudformation'), region, account, stack], ':');
}
