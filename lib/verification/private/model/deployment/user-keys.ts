import { copiesInObjects } from './keys-in-objects';
import { Assembly } from '../../assembly/assembly';
import { actionNames } from '../../aws-data/actions';
import { Resolver } from '../../resolution/resolver';
import { resourceType } from '../../resource-types/declarations';
import { equal } from '../../values/pattern';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KeyCopy, KeyRead, UserKey } from '../identities';
import { Resource } from '../model';
import { KubernetesObject } from '../objects/kubernetes-object';
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
  return resources.ofType('AWS::IAM::AccessKey').map((key) => {
    const isIn = (value: Resolved) => containsSecret(value, key.attribute('SecretAccessKey'));
    const holders = resources.all.filter((resource) => !OF_OBJECTS.includes(resource.type) && isIn(resource.property()));
    return {
      label: key.logicalId,
      userArn: arnOfUser(key, resources),
      copies: [...holders.map((holder) => copyIn(holder, known)), ...copiesInObjects(objects(), isIn), ...copiesInOutputs(assembly, resolver, isIn)],
    };
  });
}

/** Also what is derived from a value has its identifier. */
function containsSecret(value: Resolved, secret: Text): boolean {
  if (value instanceof Text) {
    return secret.unknowns.some(({ id }) => value.unknowns.some((unknown) => unknown.id.includes(id)));
  }
  const items = value instanceof ResolvedMap ? value.entries.map(([, item]) => item) : value ?? [];
  return items.some((item) => containsSecret(item, secret));
}

function arnOfUser(key: StackResource, resources: StackResources): Text {
  const name = textOf(key.property('UserName')) ?? key.attribute('UserName');
  const own = resources.ofType(USERS.type).find(({ ref }) => equal(ref, name) === 'yes');
  return own?.attribute('Arn')
    ?? Text.join([Text.of('arn:'), key.pseudoParameter('Partition'), Text.of(':iam::'), key.pseudoParameter('AccountId'), Text.of(':user/'), name]);
}

function copyIn(holder: StackResource, known: readonly Resource[]): KeyCopy {
  const place = holder.place();
  const copy = { where: holder.logicalId, place };
  if (OF_CLUSTERS.includes(holder.type)) {
    const cluster = holder.cluster('ClusterName');
    return { ...copy, heldBy: cluster ? { cluster } : 'everyone' };
  }
  const reads = readsOf(holder);
  const isHolder = ({ place: { template, logicalId } }: Resource) => template === place.template && logicalId === place.logicalId;
  return reads ? { ...copy, reads, resource: known.find(isHolder) } : { ...copy, heldBy: 'everyone' };
}

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

function copiesInOutputs(assembly: Assembly, resolver: Resolver, isIn: (value: Resolved) => boolean): KeyCopy[] {
  return assembly.templates.flatMap((template) => Object.entries<any>(template.body.Outputs).flatMap(([name, output]): KeyCopy[] => {
    const reads = ['cloudformation:DescribeStacks', ...(output?.Export ? ['cloudformation:ListExports'] : [])].map((action): KeyRead => ({ action }));
    return isIn(resolver.resolve(template, output?.Value)) ? [{ where: `the output ${name}`, place: { template: template.file, logicalId: name }, reads }] : [];
  }));
}
