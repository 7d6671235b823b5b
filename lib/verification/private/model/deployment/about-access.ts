import { textsOfApplied } from './applied-values';
import { allTexts, TextBelow, textsBelow } from './texts-below';
import { READER } from '../../resolution/exports-across-regions';
import { resourceType } from '../../resource-types/declarations';
import { KubernetesObject } from '../kubernetes-object';
import { StackResource } from '../stack-resource';

/**
 * Types of which everything decides about access, besides those of which that is declared: who has which credentials, or what these allow. A reader of aws-cdk hands
 * on what it gets, to any property.
 */
const WHOLE = new RegExp([
  '^AWS::(Cognito::(IdentityPool\\w*|UserPoolIdentityProvider)|EKS::(AccessEntry|Capability|IdentityProviderConfig|PodIdentityAssociation))$',
  '^AWS::(IAM|IdentityStore|LakeFormation|Organizations|RAM|RolesAnywhere|SSO)::\\w+$',
  `^${READER}$`,
].join('|'));

/** Properties of any type that decide who has a role, what it allows, how nodes start, or what a template says. */
const ABOUT_ACCESS = new RegExp([
  '(roles?|instanceprofiles?|principals?)(arns?|names?|ids?)?$',
  '^(access|inline|key|managed|resource|session)?(policy|policies)(arns?|documents?|names?)?$',
  '^(accessconfig|configurationvalues|ec2sshkey|identityproviderdetails|keyname|lambdaconfig|launchtemplate(id|name|specification)?|permissionsboundary)$',
  '^(serviceaccount\\w*|servicetoken|authorizer(uri|credentials)|(provider|userpool)arns|jwtconfiguration)$',
  '^(templateurl|templatebody|loadtemplatefromurl|bodys3location)$',
].join('|'), 'i');

/** What a resource of aws-cdk applies to a cluster, as JSON, in which a value can add anything. */
const OF_OBJECTS = /^(Manifest|Values|ApplyPatchJson)$/;

/** What resources of some types apply to a cluster, start on instances or with a role, or hand on to that. */
const OF_TYPES: ReadonlyArray<readonly [types: RegExp, names: RegExp]> = [
  [/^Custom::/, OF_OBJECTS],
  [/^Custom::AWSCDK-EKS-HelmChart$/, /^(Chart|ChartAssetURL|Repository)$/],
  [/^AWS::(Events::Rule|Pipes::Pipe|Scheduler::Schedule)$/, /^Target/],
  [/^AWS::SSM::(Association|Document|MaintenanceWindowTask)$/, /^(Content|Name|Parameters|TaskArn|TaskInvocationParameters)$/],
];

/** The texts of a resource that decide who has which credentials, and what these allow. */
export function textsAboutAccess(resource: StackResource): TextBelow[] {
  const { type } = resource;
  const { ownPolicy, unread, separatePolicy } = resourceType(type) ?? {};
  const isPolicy = separatePolicy !== undefined || (unread !== undefined && unread.properties === undefined);
  if (isPolicy || WHOLE.test(type)) {
    return allTexts(resource.property());
  }
  if (type === 'Custom::KubernetesObjects') {
    return [...textsBelow(resource.property(), [ABOUT_ACCESS]), ...textsOfApplied(resource)];
  }
  const paths = [...(ownPolicy ? [ownPolicy] : []), ...unread?.properties ?? []];
  return [
    ...textsBelow(resource.property(), [ABOUT_ACCESS, ...OF_TYPES.filter(([types]) => types.test(type)).map(([, names]) => names)]),
    ...paths.flatMap((path) => allTexts(resource.property(...path), path[0])),
  ];
}

/** The same for a Kubernetes object. */
export const textsOfObject = (object: KubernetesObject): TextBelow[] =>
  (decidesAboutAccess(object) ? allTexts(object.at()) : textsBelow(object.at(), [ABOUT_ACCESS]));

const decidesAboutAccess = ({ kind, group, name }: KubernetesObject): boolean =>
  kind === 'ServiceAccount' || group === 'rbac.authorization.k8s.io' || (kind === 'ConfigMap' && name?.literal === 'aws-auth');
