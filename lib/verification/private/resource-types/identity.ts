import { byArn, byName, regional } from './formats';
import { ResourceFormat, ResourceTypes } from './resource-type';

const IAM = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:';
const POLICY = `${IAM}policy\${Path}\${ManagedPolicyName}`;
const ISSUER = 'cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${UserPoolId}';
const IDENTITIES = '${AWS::Region}:${Uuid}';
const SAML = `${IAM}saml-provider/\${Name}`;
const PROVIDER = `${IAM}oidc-provider/\${Url-https://}`;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const ROLE: ResourceFormat = { ...byName('RoleName', `${IAM}role\${Path}\${RoleName}`, { RoleId: '${RoleId}' }), unique: ['RoleName', 'RoleId'] };

/**
 * Roles and what else is of IAM.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html for the characters of names
 */
export const IDENTITY: ResourceTypes = {
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
  'AWS::IAM::Role': { format: ROLE, limitedName: 'RoleName' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html */
  'AWS::IAM::AccessKey': { matters: 'whoever reads its secret part can do what the user may do' },
  'AWS::IAM::UserPolicy': { matters: 'users may do what it allows' },
  'AWS::IAM::UserToGroupAddition': { matters: 'users may do what groups may do' },
  'AWS::DirectoryService::MicrosoftAD': { matters: 'whoever has the password of its administrator may have the roles of its users' },
  'AWS::DirectoryService::SimpleAD': { matters: 'whoever has the password of its administrator may have the roles of its users' },
  'AWS::SSO::PermissionSet': { matters: 'people have a role with its policies' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-identitypool.html */
  'AWS::Cognito::IdentityPool': {
    format: { arn: `${regional('cognito-identity')}identitypool/${IDENTITIES}`, ref: IDENTITIES, unique: ['Uuid'] },
    tags: ['IdentityPoolTags'],
    matters: 'anyone may get the role of its guests',
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html */
  'AWS::Cognito::UserPool': {
    format: byName('UserPoolId', `${regional('cognito-idp')}userpool/\${UserPoolId}`, {
      UserPoolId: '${UserPoolId}', ProviderName: ISSUER, ProviderURL: `https://${ISSUER}`,
    }),
    tags: ['UserPoolTags'],
    matters: 'anyone may get a role of its users, if it has sign-up',
  },
  'AWS::Cognito::IdentityPoolRoleAttachment': { matters: 'it gives roles to identities' },
  'AWS::Cognito::UserPoolClient': { matters: 'programs sign in with its secret' },
  'AWS::Cognito::UserPoolGroup': { matters: 'it gives a role to users' },
  'AWS::Cognito::UserPoolIdentityProvider': { matters: 'its users are those of a user pool' },
  'AWS::IAM::User': { format: byName('UserName', `${IAM}user\${Path}\${UserName}`), limitedName: 'UserName' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-group.html */
  'AWS::IAM::Group': { format: byName('GroupName', `${IAM}group\${Path}\${GroupName}`), limitedName: 'GroupName' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html */
  'AWS::IAM::InstanceProfile': {
    format: byName('InstanceProfileName', `${IAM}instance-profile\${Path}\${InstanceProfileName}`), limitedName: 'InstanceProfileName',
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
  'AWS::IAM::ManagedPolicy': { format: byArn(POLICY, ['ManagedPolicyName'], { PolicyArn: POLICY }), limitedName: 'ManagedPolicyName' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html */
  'AWS::IAM::OIDCProvider': { format: byArn(PROVIDER, [], { Arn: PROVIDER }) },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-samlprovider.html */
  'AWS::IAM::SAMLProvider': { format: byArn(SAML, ['Name'], { Arn: SAML }), matters: 'whoever is the server that it names gets the roles that trust it' },
  /** Of the aws-cdk: the ID of its resource is the ARN. @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.OpenIdConnectProvider.html */
  'Custom::AWSCDKOpenIdConnectProvider': { format: byArn(PROVIDER, [], { Arn: PROVIDER }) },
};
