import { ANY_SERVICE, UnreadPermissions } from '../../resource-types/resource-type';
import { listOf, Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The prefixes of the actions of services whose resources AWS RAM shares, by the start of the types of these resources.
 *
 * @see https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const SERVICES: { readonly [types: string]: string } = {
  'AWS::ACMPCA': 'acm-pca',
  'AWS::AppMesh': 'appmesh',
  'AWS::AppSync': 'appsync',
  'AWS::Backup': 'backup',
  'AWS::CodeBuild': 'codebuild',
  'AWS::DataZone': 'datazone',
  'AWS::EC2': 'ec2',
  'AWS::Glue': 'glue',
  'AWS::ImageBuilder': 'imagebuilder',
  'AWS::LicenseManager': 'license-manager',
  'AWS::NetworkFirewall': 'network-firewall',
  'AWS::NetworkManager': 'networkmanager',
  'AWS::RDS': 'rds',
  'AWS::RefactorSpaces': 'refactor-spaces',
  'AWS::ResourceGroups': 'resource-groups',
  'AWS::Route53Profiles': 'route53profiles',
  'AWS::Route53RecoveryControl': 'route53-recovery-control-config',
  'AWS::Route53Resolver': 'route53resolver',
  'AWS::S3Outposts': 's3-outposts',
  'AWS::SageMaker': 'sagemaker',
  'AWS::SSMContacts': 'ssm-contacts',
  'AWS::SSMIncidents': 'ssm-incidents',
  'AWS::VpcLattice': 'vpc-lattice',
};

/** The types of those resources whose ARNs are known, by the prefixes of the actions about them. */
const KNOWN: { readonly [service: string]: readonly string[] } = {
  'acm-pca': ['AWS::ACMPCA::CertificateAuthority'],
  'appsync': ['AWS::AppSync::GraphQLApi'],
  'backup': ['AWS::Backup::BackupVault'],
  'codebuild': ['AWS::CodeBuild::Project'],
  'glue': ['AWS::Glue::Job', 'AWS::Glue::Crawler'],
  'rds': ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  'ssm': ['AWS::SSM::Parameter'],
};

/**
 * What the permissions of a resource share of AWS RAM can be about: the resources that it shares.
 *
 * @see https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html
 */
export function sharedBy(share: StackResource, resources: StackResources): Pick<UnreadPermissions, 'services' | 'of'> {
  if (isForOtherAccounts(share, resources)) {
    return { services: [] };
  }
  const services = [...new Set(listOf(share.property('ResourceArns')).map((arn) => serviceOf(arn) ?? ANY_SERVICE))];
  const isShared = (service: string) => services.includes(ANY_SERVICE) || services.includes(service);
  return { services, of: Object.entries(KNOWN).flatMap(([service, types]) => (isShared(service) ? types : [])) };
}

/**
 * Whether a share is certainly for accounts of which the templates have no roles. It changes nothing in the account that shares.
 *
 * @see https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html
 */
function isForOtherAccounts(share: StackResource, { all }: StackResources): boolean {
  const principals = listOf(share.property('Principals')).map(literalOf);
  const own = new Set(all.map((resource) => resource.pseudoParameter('AccountId').literal));
  return principals.length > 0 && !own.has(undefined)
    && principals.every((principal) => principal !== undefined && /^\d{12}$/.test(principal) && !own.has(principal));
}

/** The service in an ARN, or that of the resource whose ARN it is; undefined if only the deployment knows it. */
function serviceOf(arn: Resolved): string | undefined {
  if (!(arn instanceof Text)) {
    return undefined;
  }
  const [first, ...rest] = arn.parts;
  if (first instanceof Unknown && rest.length === 0) {
    const types = String(first.resourceType).split('::').slice(0, 2).join('::');
    return Object.hasOwn(SERVICES, types) ? SERVICES[types] : undefined;
  }
  const text = arn.parts.map((part) => (typeof part === 'string' ? part : UNKNOWN)).join('');
  return /^arn:[^:]*:([\w-]+):/.exec(text)?.[1];
}

const UNKNOWN = '*';
