import { listOf, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn, textsUnder } from '../../values/text-parts';
import { GivenRole } from '../identities';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The roles that the templates give to identities of Amazon Cognito, or for certificates. So does what such a role trusts, which is not known of one outside the
 * templates.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-identitypoolroleattachment.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolgroup.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rolesanywhere-profile.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-rolealias.html
 */
export const readGivenRoles = (resources: StackResources): GivenRole[] => [
  ...resources.ofType('AWS::Cognito::IdentityPoolRoleAttachment').flatMap(ofAttachment),
  ...rolesIn(resources, 'AWS::Cognito::UserPoolGroup', 'RoleArn').map((roleArn): GivenRole => ({ roleArn, to: 'group' })),
  ...rolesIn(resources, 'AWS::RolesAnywhere::Profile', 'RoleArns').map((roleArn): GivenRole => ({ roleArn, to: 'rolesanywhere' })),
  ...rolesIn(resources, 'AWS::IoT::RoleAlias', 'RoleArn').map((roleArn): GivenRole => ({ roleArn, to: 'credentials.iot' })),
];

const rolesIn = (resources: StackResources, type: string, property: string): Text[] =>
  resources.ofType(type).flatMap((one) => textsIn(one.property(property)));

/** Rules give roles to those who sign in. */
function ofAttachment(attachment: StackResource): GivenRole[] {
  const pool = textOf(attachment.property('IdentityPoolId'));
  const roles = attachment.property('Roles');
  const given = (arns: readonly Text[], to: GivenRole['to']) => arns.map((roleArn): GivenRole => ({ roleArn, to, ...pool && { pool } }));
  return [
    ...given(listOf(roles instanceof ResolvedMap ? valueAt(roles, 'unauthenticated') : roles).flatMap(textsIn), 'guests'),
    ...given([...textsIn(valueAt(roles, 'authenticated')), ...textsUnder(attachment.property('RoleMappings'), /^RoleARN$/i)], 'users'),
  ];
}
