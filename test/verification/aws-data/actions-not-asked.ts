/**
 * The actions whose names say that they may give credentials, and of which somebody has read that they give nobody what a role may do. By the reason; `*` stands for any
 * text. See `actions-with-credentials.test.ts`.
 */
export const NOT_ASKED: { readonly [reason: string]: readonly string[] } = {
  'it works with the permissions of the caller only': [
    'appconfig:StartConfigurationSession', 'athena:CreatePreparedStatement', 'aws-external-anthropic:*', 'bedrock-mantle:CallWithBearerToken', 'bedrock:CallWithBearerToken',
    'bedrock:CreateSession', 'cloudshell:*', 'cloudwatch:CallWithBearerToken', 'cloudwatch:StartTelemetryQuerySession', 'ecr-public:GetAuthorizationToken',
    'ecr:GetAuthorizationToken', 'codeartifact:GetAuthorizationToken', 'logs:CallWithBearerToken', 'qldb:*', 's3express:CreateSession', 'sagemaker:CallWithBearerToken',
    'signin:CreateOAuth2Token', 'sts:GetFederationToken', 'sts:GetServiceBearerToken', 'sts:GetSessionToken',
  ],
  'it passes the role, which takes iam:PassRole': ['elasticmapreduce:StartSession', 'emr-serverless:StartSession', 'glue:CreateSession'],
  'it is one of two requests that this takes, and the proof asks for the other one': [
    'bedrock-agentcore:StartCodeInterpreterSession', 'ec2:GetPasswordData', 'sts:TagGetWebIdentityToken',
  ],
  'anyone may request it with an identity, or with the code of a user': [
    'cognito-identity:GetOpenIdToken', 'cognito-idp:AssociateSoftwareToken', 'cognito-idp:ChangePassword', 'cognito-idp:ConfirmForgotPassword', 'cognito-idp:ForgotPassword',
    'cognito-idp:GetTokensFromRefreshToken', 'sts:AssumeRoleWithSAML',
  ],
  'it ends or removes something, or only says something about it': [
    'bedrock-agentcore:StopRuntimeSession', 'cognito-idp:AdminDeleteSoftwareToken', 'cognito-idp:AdminResetUserPassword', 'iam:GenerateCredentialReport', 'iam:GetLoginProfile',
    'iam:GetSSHPublicKey', 'iam:UpdateAccessKey', 'iam:UpdateAccountPasswordPolicy', 'iam:UpdateSSHPublicKey', 'iam:UpdateServiceSpecificCredential', 'sts:GetAccessKeyInfo',
    'workmail:GetPersonalAccessTokenMetadata', 'verifiedpermissions:IsAuthorizedWithToken', 'waf*:GetChangeToken', 'managedblockchain-query:*', 'ds:EnableDirectoryDataAccess',
    'lightsail:GetBucketAccessKeys', 'secretsmanager:GetRandomPassword',
  ],
  'it changes the own password of the caller, or settings, which give nobody credentials': [
    'iam:ChangePassword', 'iam:EnableOrganizationsRootCredentialsManagement', 'iam:SendDelegationToken', 'iam:SetSecurityTokenServicePreferences', 'logs:PutBearerTokenAuthentication',
  ],
  'it is about users of IAM Identity Center and their applications, and about credentials that the proof does not know': [
    'quicksight:UpdateApplicationWithTokenExchangeGrant', 'sso-directory:*', 'sso-oauth:CreateTokenWithIAM', 'sso:*',
    'user-subscriptions:CreatePurchaseSession', 'q:CreateScimAccessToken',
  ],
  'it gives credentials of something else than AWS, such as a repository, a directory or a virtual desktop': [
    'acm:*', 'bedrock-agentcore:*CredentialProvider', 'bedrock-agentcore:*Token*', 'bedrock-agentcore:*PaymentSession', 'bedrock:CreateDataSourceToken', 'codebuild:ImportSourceCredentials', 'codebuild:PersistOAuthToken',
    'codeconnections:*', 'codeguru-reviewer:*', 'codestar-connections:*', 'connect:*', 'ds:ResetUserPassword', 'events:RetrieveConnectionCredentials', 'glue:RefreshOAuth2Tokens',
    'health-agent:*', 'iotmanagedintegrations:*', 'mediapackage:*', 'pca-connector-scep:*', 'route53globalresolver:*', 'storagegateway:*', 'wickr:*', 'workmail:AssumeImpersonationRole',
    'workmail:ResetPassword', 'datazone:RefreshToken', 'amplifybackend:*', 'amplifyuibuilder:*', 'finspace*', 'ec2:CreateIpamExternalResourceVerificationToken',
  ],
  'what it starts or signs in to has no role of the account': [
    'ec2:CreateTrafficMirrorSession', 'ecs:StartTelemetrySession', 'elasticmapreduce:Get*AppUIPresignedURL', 'gamelift:*Token', 'gamelift:*Session', 'gamelift:RequestUploadCredentials', 'gameliftstreams:*', 'lightsail:*GUISession*',
    'lightsail:GetInstanceAccessDetails', 'lightsail:GetRelationalDatabaseMasterUserPassword', 'nova-act:*', 'sagemaker:CreateHubContentPresignedUrls', 'cloudwatch:StartOmniThreadSession',
  ],
  'what runs commands or sends them is a device or an agent outside AWS': [
    'cloud9:*SSH*', 'cloud9:ModifyTemporaryCredentialsOnEnvironmentEC2', 'deadline:GetSessionAction', 'inspector2*', 'iot:*Command*', 'iot:RotateTunnelAccessToken',
    'iotwireless:StartMulticastGroupSession',
  ],
  'a session of a conversation, a game, a meeting or a stream': [
    'chime:*', 'ivs*', 'lex:CreateResourcePolicyStatement', 'mpa:StartSession', 'qapps:*', 'qdeveloper:StartAgentSession', 'rekognition:*', 'wisdom:CreateSession',
  ],
  'AWS has closed the service': ['iq*', 'nimble:*'],
};
