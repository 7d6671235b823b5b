import { ackAssociation, anyClusterNamed } from './ack-associations';
import { isObjectText, mayGenerate, objectsIn, OF_KUBERNETES } from './generators';
import { isForTool } from './infrastructure-tools';
import { Findings } from '../../findings/findings';
import { GapScope } from '../../findings/gap';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { isText, literalOf, textOf, textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { scopeOfService } from '../services';

/**
 * The API groups of ACK and of Crossplane, which create AWS resources for objects. They start with the name of a service.
 *
 * @see https://aws-controllers-k8s.github.io/community/reference/
 * @see https://docs.upbound.io/manuals/packages/providers/
 */
const GROUP = /^([\w-]+)\.(services\.k8s\.aws|aws\.(m\.)?(upbound|crossplane)\.io)$/;

/** Services of which each object can change who may do what, whatever its properties are. */
const ALWAYS = ['cloudcontrol', 'cloudformation', 'eks', 'iam', 'identity', 'organizations', 'ram', 'servicecatalog', 'sso', 'ssoadmin', 'sts'];

/** Except these, which change neither credentials of pods nor what roles may do. */
const HARMLESS: { readonly [service: string]: RegExp } = {
  eks: /^ClusterAuth$/,
  iam: /^(AccessKey|Account|Group|LoginProfile|SAMLProvider|ServerCertificate|ServiceLinkedRole|ServiceSpecificCredential|SigningCertificate|SSHKey|User|VirtualM)/,
};

/** Names of kinds and properties that give permissions. */
const PERMISSION = /polic|permission|grant|acl/i;

/** Parts of names that mean something else: what controllers and services do with resources and data, and networks. */
const OTHERS = new RegExp([
  '(auto|deletion|delivery|expiration|lifecycle|management|redrive|redriveAllow|restart|retention|retry|scaling|scheduling|termination|update)polic(y|ies)',
  'networkAcl|webAcl|oracle',
].join('|'), 'gi');

/**
 * Objects from which controllers write credentials of AWS to Secrets, which pods can mount, by API group.
 *
 * @see https://github.com/zalando-incubator/kube-aws-iam-controller
 * @see https://developer.hashicorp.com/vault/docs/platform/k8s/vso/api-reference#vaultdynamicsecret
 * @see https://external-secrets.io/latest/api/generator/sts/
 */
const CREDENTIALS: { readonly [group: string]: RegExp } = {
  'generators.external-secrets.io': /^(ClusterGenerator|STSSessionToken|VaultDynamicSecret)$/,
  'secrets.hashicorp.com': /^VaultDynamicSecret$/,
  'zalando.org': /^AWSIAMRole$/,
};

/** Secrets of other engines of Vault, such as those of databases, are no such credentials. */
const isOfAws = (object: KubernetesObject): boolean => /aws/i.test(literalOf(object.at('spec', 'mount')) ?? 'aws');

/** An action in a policy of IAM. An event of Amazon S3, such as `s3:ObjectCreated:*`, has more parts. */
const ACTION = /^[a-z][a-z\d-]*:(\*|[A-Z][A-Za-z\d]*\*?)$/;

/** With this plugin, Kubeflow lets an account of a namespace use a role. @see https://awslabs.github.io/kubeflow-manifests/docs/deployment/create-profiles-with-iam-role */
const OF_KUBEFLOW = 'AwsIamForServiceAccount';

/** Groups of charts, whose values say what AWS permissions others have, and of services with policies in the form of those of IAM. */
const WITHOUT_IAM = /^helm\.sh$|(^|\.)(min\.io|kyverno\.io|ceph\.rook\.io)$/;

/**
 * Whether an object describes permissions of pods in AWS, for a controller that is not known, such as a statement of a policy.
 *
 * @see https://docs.otterize.com/features/aws-iam
 * @see https://github.com/VoodooTeam/irsa-operator
 */
const givesPermissions = (object: KubernetesObject): boolean => !OF_KUBERNETES.test(object.group) && !WITHOUT_IAM.test(object.group)
  && !mayGenerate(object) && serviceOf(object) === undefined && hasActions(object.at('spec'));

const hasActions = (value: Resolved, property = ''): boolean => listOf(value).some((item) => (item instanceof ResolvedMap
  ? item.entries.some(([{ literal }, inner]) => hasActions(inner, literal))
  : Array.isArray(item) ? hasActions(item, property) : isText(item, OF_KUBEFLOW) === 'yes' || (/^actions?$/i.test(property) && ACTION.test(`${item}`))));

const makesCredentials = (object: KubernetesObject): boolean =>
  Object.hasOwn(CREDENTIALS, object.group) && CREDENTIALS[object.group].test(object.kind) && isOfAws(object);

/** The texts of objects in an object, of which it is only seen that a controller creates AWS resources from them. */
const TEXTS = /\.services\.k8s\.aws\/|\.aws\.(m\.)?(upbound|crossplane)\.io\//;

/** Adds a finding for each Kubernetes object from which a controller creates what can give access in AWS. */
export function findAwsObjects(objects: readonly KubernetesObject[], findings: Findings): void {
  for (const object of objects) {
    add(object, scopeOf(object), findings);
    // other properties can be filled in, and names of clusters can be expressions
    const templates = mayGenerate(object) ? objectsIn(object, object.at('spec')) : [];
    templates.forEach((template) => add(template, scopeOfTemplate(template), findings));
    if (mayGenerate(object) && textsIn(object.at('spec')).some((text) => TEXTS.test(`${text}`) && isObjectText(text))) {
      add(object, 'everything', findings);
    }
  }
}

function add({ kind, name, group, place }: KubernetesObject, scope: GapScope | undefined, findings: Findings): void {
  if (scope) {
    findings.addGap('aws-object', `the ${kind} ${name ?? 'without a name'} of ${group} is not read: a controller creates from it what can give access`, place, scope);
  }
}

/** The service of an object from which ACK or Crossplane creates an AWS resource. */
const serviceOf = ({ group }: KubernetesObject): string | undefined => GROUP.exec(group)?.[1];

/** Whether ACK or Crossplane creates from an object what may run something with a role. Objects of the services that decide about others are never certain. */
export function mayDescribeProgram(object: KubernetesObject): boolean {
  const service = serviceOf(object);
  return service !== undefined && !ALWAYS.includes(service);
}

function isHarmless(object: KubernetesObject): boolean {
  const service = serviceOf(object);
  return service === undefined || (Object.hasOwn(HARMLESS, service) && HARMLESS[service].test(object.kind));
}

function scopeOfTemplate(template: KubernetesObject): GapScope | undefined {
  return isForTool(template) ? 'everything' : isHarmless(template) ? undefined : scopeOfService(serviceOf(template)!);
}

/** Undefined if it changes no access, or if it is read. */
function scopeOf(object: KubernetesObject): GapScope | undefined {
  if (isForTool(object)) {
    return 'everything';
  }
  if (makesCredentials(object) || givesPermissions(object)) {
    return { cluster: object.cluster };
  }
  const service = serviceOf(object);
  if (service === undefined || isHarmless(object) || ackAssociation(object)) {
    return undefined;
  }
  const cluster = service === 'eks' ? textOf(object.at('spec', 'clusterName')) ?? textOf(object.at('spec', 'forProvider', 'clusterName')) : undefined;
  const gives = ALWAYS.includes(service) || isPermission(object.kind) || hasPermission(object.at('spec'));
  return cluster ? { cluster: anyClusterNamed(cluster) } : gives ? scopeOfService(service) : undefined;
}

const isPermission = (name: string) => PERMISSION.test(name.replace(OTHERS, ''));

/** How Crossplane finds what an object refers to is no permission. */
const hasPermission = (value: Resolved): boolean => listOf(value).some((item) => (Array.isArray(item)
  ? hasPermission(item)
  : item instanceof ResolvedMap && item.entries.some(([{ literal }, inner]) => literal === undefined
    || (!/(Ref|Refs|Selector)$/.test(literal) && (isPermission(literal) || hasPermission(inner))))));
