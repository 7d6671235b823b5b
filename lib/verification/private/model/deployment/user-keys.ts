import { copiesByController, copiesInObject, keysOfControllers } from './keys-in-objects';
import { StoredValues } from './stored-values';
import { Assembly } from '../../assembly/assembly';
import { actionNames } from '../../aws-data/actions';
import { stackOf } from '../../findings/gap';
import { Resolver } from '../../resolution/resolver';
import { resourceType } from '../../resource-types/declarations';
import { unknownsOf } from '../../values/origins';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KeyCopy, KeyRead, UserKey } from '../identities';
import { Resource } from '../model';
import { KubernetesObject } from '../objects/kubernetes-object';
import { holderKey } from '../roles/held-policies';
import { USERS } from '../roles/holder-kinds';
import { prefixOf } from '../services';
import { StackResource, StackResources } from '../stack-resources';

/** Kubernetes objects, of which it is asked who gets them. */
const OF_OBJECTS = ['Custom::KubernetesObjects', 'Custom::AWSCDK-EKS-KubernetesResource'];

/** Resources from which others are applied to a cluster, in any namespace. */
const OF_CLUSTERS = ['Custom::AWSCDK-EKS-HelmChart', 'Custom::AWSCDK-EKS-KubernetesPatch'];

/**
 * The access keys of users, and where the templates put their secret part: whoever reads it there can do what the user may do. An app without such keys
 * pays nothing for the search.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html
 */
export function readUserKeys(
  assembly: Assembly, resolver: Resolver, resources: StackResources, objects: () => readonly KubernetesObject[], known: readonly Resource[],
): UserKey[] {
  const keys = resources.ofType('AWS::IAM::AccessKey').map((key) => ({ key, ids: key.attribute('SecretAccessKey').unknowns.map(({ id }) => id) }));
  const created = keysOfControllers(objects(), resources);
  if (keys.length === 0) {
    return created;
  }
  const holders = resources.all.filter(({ type }) => !OF_OBJECTS.includes(type));
  const possible = [
    ...holders.map((holder): Possible =>
      ({ value: holder.property(), copies: () => [copyIn(holder, known), ...copiesByController(holder, objects())] })),
    ...resources.all.map((holder): Possible => ({ value: holder.metadata, copies: () => [copyInMetadata(holder)] })),
    ...objects().map((object): Possible => ({ value: object.at(), copies: () => copiesInObject(object, objects()) })),
    ...outputsOf(assembly, resolver),
  ].map(({ value, copies }) => ({ unknowns: unknownsOf(value), copies }));
  const [stored, all] = [new StoredValues(resources), new Set(possible.flatMap(({ unknowns }) => [...unknowns]))];
  return [...created, ...keys.flatMap(({ key, ids }) => {
    const found = stored.withCopies(new Set(ids), all);
    const copies = possible.filter(({ unknowns }) => [...unknowns].some(({ id }) => found.has(id))).flatMap((one) => one.copies());
    return arnsOfUser(key, resources).map((userArn) => ({ label: key.logicalId, userArn, copies }));
  })];
}

/** A value that may contain a key, and the copies that it is then. */
interface Possible {
  readonly value: Resolved;
  readonly copies: () => readonly KeyCopy[];
}

/** Names are unique in an account. Of several users with one name, AWS has only one: where a key is deployed, that of its own stack. */
function arnsOfUser(key: StackResource, resources: StackResources): Text[] {
  const name = textOf(key.property('UserName')) ?? key.attribute('UserName');
  const all = resources.ofType(USERS.type).filter((user) => holderKey(user, user.ref) === holderKey(key, name));
  const own = all.filter((user) => stackOf(user.place()) === stackOf(key.place()));
  const arns = (own.length > 0 ? own : all).map((user) => user.attribute('Arn'));
  return arns.length > 0 ? [...new Map(arns.map((arn) => [arn.key, arn])).values()]
    : [Text.join([Text.of('arn:'), key.pseudoParameter('Partition'), Text.of(':iam::'), key.pseudoParameter('AccountId'), Text.of(':user/'), name])];
}

function copyIn(holder: StackResource, known: readonly Resource[]): KeyCopy {
  const place = holder.place();
  const copy = { where: holder.logicalId, place };
  if (OF_CLUSTERS.includes(holder.type)) {
    const cluster = holder.cluster('ClusterName');
    return { ...copy, heldBy: cluster ? { cluster } : 'everyone' };
  }
  const reads = readsOf(holder);
  const isHolder = ({ place: other }: Resource) => stackOf(other) === stackOf(place) && other.logicalId === place.logicalId;
  const isOnInstances = OF_INSTANCES.test(holder.type);
  return reads ? { ...copy, reads, resource: known.find(isHolder), ...isOnInstances && { isOnInstances } } : { ...copy, heldBy: 'everyone' };
}

/** What `cfn-init` reads on an instance, for which it needs no role. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-init.html */
const copyInMetadata = (holder: StackResource): KeyCopy => ({
  where: `the metadata of ${holder.logicalId}`, place: holder.place('Metadata'), reads: [{ action: 'cloudformation:DescribeStackResource' }], isOnInstances: true,
});

/** Types with user data, which is in the instance metadata. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const OF_INSTANCES = /^AWS::(AutoScaling|EC2)::/;

/** Requests that read a resource without naming it, such as all parameters below a path. */
const ANYWHERE = ['ssm:GetParametersByPath', 'cloudformation:DescribeStacks'];

const READS: { readonly [type: string]: readonly string[] } = {
  'AWS::CloudFormation::Stack': ['cloudformation:DescribeStacks'],
  'AWS::SSM::Parameter': ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'],
  'AWS::SecretsManager::Secret': ['secretsmanager:GetSecretValue', 'secretsmanager:PutResourcePolicy'],
};

/** The requests that read a resource, or that run code in it; undefined for one of which it is not known who reads it, such as a custom resource. */
function readsOf({ type, arn }: StackResource): KeyRead[] | undefined {
  const [vendor, service = ''] = type.split('::');
  const prefix = vendor === 'AWS' ? prefixOf(service) : undefined;
  const known = Object.hasOwn(READS, type) ? READS[type] : undefined;
  const actions = known ?? (prefix === undefined ? undefined : [...readingActions(prefix), ...resourceType(type)?.program?.takenOverBy ?? []]);
  return actions?.map((action) => ({ action, ...(arn && !ANYWHERE.includes(action) && { arn }) }));
}

const readingActions = (prefix: string): string[] =>
  actionNames().filter((action) => action.startsWith(`${prefix}:`) && /^(BatchGet|Describe|Get|List|Search)/.test(action.slice(prefix.length + 1)));

const outputsOf = (assembly: Assembly, resolver: Resolver): Possible[] => assembly.templates.flatMap((template) =>
  Object.entries<any>(template.body.Outputs).map(([name, output]): Possible => ({
    value: resolver.resolve(template, output?.Value),
    copies: () => [{
      where: `the output ${name}`,
      place: { template: template.file, logicalId: name },
      reads: ['cloudformation:DescribeStacks', ...(output?.Export ? ['cloudformation:ListExports'] : [])].map((action): KeyRead => ({ action })),
    }],
  })));
