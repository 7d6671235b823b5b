import { READER } from '../../resolution/exports-across-regions';
import { resourceType } from '../../resource-types/declarations';
import { ResourceType } from '../../resource-types/resource-type';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { KubernetesObject } from '../objects/kubernetes-object';
import { StackResource } from '../stack-resources';

/** A text that decides about access, and the property that has it, for messages. */
export interface TextAboutAccess {
  readonly property: string;
  readonly text: Text;
}

/**
 * Types of which everything decides about access, besides those of which that is declared: who has which credentials, or what these allow. A reader of aws-cdk hands
 * on what it gets, to any property.
 */
const WHOLE = new RegExp([
  '^AWS::(Cognito::IdentityPool\\w*|Cognito::UserPoolIdentityProvider|EKS::(AccessEntry|Capability|PodIdentityAssociation)|IAM::\\w+|IdentityStore::\\w+|LakeFormation::\\w+)$',
  '^AWS::(Organizations|RAM|RolesAnywhere|SSO)::\\w+$',
  `^${READER}$`,
].join('|'));

/** Properties of any type that decide who has a role, what it allows, how nodes start, or what a template says. */
const ABOUT_ACCESS = new RegExp([
  '(roles?|instanceprofiles?|principals?)(arns?|names?|ids?)?$',
  '^(access|inline|key|managed|resource|session)?(policy|policies)(arns?|documents?|names?)?$',
  '^(accessconfig|configurationvalues|ec2sshkey|keyname|lambdaconfig|launchtemplate(id|name|specification)?|permissionsboundary|serviceaccount\\w*|servicetoken)$',
  '^authorizer(uri|credentials)$|^(provider|userpool)arns$|^jwtconfiguration$',
  '^(templateurl|templatebody|loadtemplatefromurl|bodys3location)$',
].join('|'), 'i');

/** What a resource of aws-cdk applies to a cluster, as JSON, in which a value can add anything. */
const OF_OBJECTS = /^(Manifest|Values|ApplyPatchJson)$/;

/** Properties that decide nothing about access. Passwords are keys of users, with rules of their own. */
const OF_DATA = /^(comment|description|environment(variables)?|scalingconfig|subnet(s|ids?)|securitygroup(s|ids?)|tags|vpcid|\w*version)$|(password|secret)$/i;

/** The texts of a resource that decide who has which credentials, and what these allow. */
export function textsAboutAccess(resource: StackResource): TextAboutAccess[] {
  const { type } = resource;
  const { ownPolicy, unread, separatePolicy, matters } = resourceType(type) ?? {};
  const isCustom = type.startsWith('Custom::');
  const isWhole = WHOLE.test(type) || separatePolicy !== undefined || (matters !== undefined && !isCustom) || isPolicy(unread);
  const paths = [...(ownPolicy ? [ownPolicy] : []), ...unread?.properties ?? []];
  return [
    ...textsOf(resource.property(), { isWhole, isApplied: isCustom }),
    ...(isWhole ? [] : paths.flatMap((path) => textsOf(resource.property(...path), { isWhole: true, property: path[0] }))),
  ];
}

/** The same for a Kubernetes object. */
export const textsOfObject = (object: KubernetesObject): TextAboutAccess[] =>
  textsOf(object.at(), { isWhole: object.kind === 'ServiceAccount' || object.group === 'rbac.authorization.k8s.io' || isAwsAuth(object) });

const isPolicy = (unread: ResourceType['unread']): boolean => unread !== undefined && unread.properties === undefined;

const isAwsAuth = ({ kind, name }: KubernetesObject): boolean => kind === 'ConfigMap' && name?.literal === 'aws-auth';

interface Within {
  readonly isWhole: boolean;
  readonly isApplied?: boolean;
  readonly property?: string;
}

function textsOf(value: Resolved, within: Within): TextAboutAccess[] {
  if (value instanceof Text) {
    return within.isWhole ? [{ property: within.property ?? '', text: value }] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => textsOf(item, within));
  }
  return value?.entries.flatMap(([name, inner]) => ofEntry(name, inner, within)) ?? [];
}

function ofEntry(name: Text, inner: Resolved, { isWhole, isApplied, property = `${name}` }: Within): TextAboutAccess[] {
  const { literal = '' } = name;
  if (OF_DATA.test(literal)) {
    return [];
  }
  const isAbout = isWhole || ABOUT_ACCESS.test(literal) || (isApplied === true && OF_OBJECTS.test(literal));
  const key = isAbout && name.literal === undefined ? [{ property, text: name }] : [];
  return [...key, ...textsOf(inner, { isWhole: isAbout, isApplied, property })];
}
