/**
 * The actions whose names say that they may give credentials, and of which somebody has read that they give nobody what a role may do. By the reason.
 * See `actions-with-credentials.test.ts`.
 */
export const NOT_ASKED: { readonly [reason: string]: readonly string[] } = {
  'it works with the permissions of the caller only': [
    'appconfig:StartConfigurationSession', 'athena:CreatePreparedStatement', 'aws-external-anthropic:AssumeConsole', 'aws-external-anthropic:CallWithBearerToken',
    'aws-external-anthropic:CreateSession', 'bedrock-mantle:CallWithBearerToken', 'bedrock:CallWithBearerToken', 'bedrock:CreateSession', 'cloudshell:CreateSession',
    'cloudshell:PutCredentials', 'cloudwatch:CallWithBearerToken', 'cloudwatch:StartTelemetryQuerySession', 'ecr-public:GetAuthorizationToken',
    'ecr:GetAuthorizationToken', 'codeartifact:GetAuthorizationToken', 'logs:CallWithBearerToken', 'qldb:ExecuteStatement', 'qldb:SendCommand',
    'sagemaker:CallWithBearerToken', 'signin:CreateOAuth2Token', 'sts:GetServiceBearerToken', 'sts:GetSessionToken',
  ],
  'it passes the role, which takes iam:PassRole': ['elasticmapreduce:StartSession', 'emr-serverless:StartSession', 'glue:CreateSession'],
  'it is one of two requests that this takes, and the proof asks for the other one': [
    'bedrock-agentcore:StartCodeInterpreterSession', 'ec2:GetPasswordData', 'sts:TagGetWebIdentityToken',
  ],
  'anyone may request it with an identity, or with the code of a user': [
    'cognito-identity:GetOpenIdToken', 'cognito-idp:AssociateSoftwareToken', 'cognito-idp:ChangePassword', 'cognito-idp:ConfirmForgotPassword',
    'cognito-idp:ForgotPassword', 'cognito-idp:GetTokensFromRefreshToken',
  ],
  'it ends or removes something, or only says something about it': [
    'bedrock-agentcore:StopRuntimeSession', 'cognito-idp:AdminDeleteSoftwareToken', 'cognito-idp:AdminResetUserPassword', 'iam:GenerateCredentialReport',
    'iam:GetLoginProfile', 'iam:GetSSHPublicKey', 'iam:UpdateAccessKey', 'iam:UpdateAccountPasswordPolicy', 'iam:UpdateSSHPublicKey',
    'iam:UpdateServiceSpecificCredential', 'sts:GetAccessKeyInfo', 'workmail:GetPersonalAccessTokenMetadata', 'verifiedpermissions:IsAuthorizedWithToken',
    'waf-regional:GetChangeToken', 'waf:GetChangeToken', 'managedblockchain-query:BatchGetTokenBalance', 'managedblockchain-query:GetTokenBalance',
    'ds:EnableDirectoryDataAccess', 'lightsail:GetBucketAccessKeys', 'secretsmanager:GetRandomPassword',
  ],
  'it changes the own password of the caller, or settings, which give nobody credentials': [
    'iam:ChangePassword', 'iam:EnableOrganizationsRootCredentialsManagement', 'iam:SendDelegationToken', 'iam:SetSecurityTokenServicePreferences',
    'logs:PutBearerTokenAuthentication',
  ],
  'it is about users of IAM Identity Center and their applications, and about credentials that the proof does not know': [
    'quicksight:UpdateApplicationWithTokenExchangeGrant', 'sso-oauth:CreateTokenWithIAM',
    'sso:CreateInstanceAccessControlAttributeConfiguration', 'sso:CreateTrustedTokenIssuer', 'sso:UpdateInstanceAccessControlAttributeConfiguration',
    'sso:UpdateTrustedTokenIssuer', 'user-subscriptions:CreatePurchaseSession', 'q:CreateScimAccessToken',
  ],
  'it gives credentials of something else than AWS, such as a repository, a directory or a virtual desktop': [
    'bedrock-agentcore:CreateApiKeyCredentialProvider', 'bedrock-agentcore:CreateOauth2CredentialProvider',
    'bedrock-agentcore:CreatePaymentCredentialProvider', 'bedrock-agentcore:GetApiKeyCredentialProvider', 'bedrock-agentcore:GetOauth2CredentialProvider',
    'bedrock-agentcore:GetPaymentCredentialProvider', 'bedrock-agentcore:UpdateApiKeyCredentialProvider', 'bedrock-agentcore:UpdateOauth2CredentialProvider',
    'bedrock-agentcore:UpdatePaymentCredentialProvider', 'bedrock-agentcore:CompleteResourceTokenAuth', 'bedrock-agentcore:GetResourceOauth2Token',
    'bedrock-agentcore:GetResourcePaymentToken', 'bedrock-agentcore:GetTokenVault', 'bedrock-agentcore:GetWorkloadAccessToken',
    'bedrock-agentcore:GetWorkloadAccessTokenForJWT', 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', 'bedrock-agentcore:SetTokenVaultCMK',
    'bedrock-agentcore:CreatePaymentSession', 'bedrock:CreateDataSourceToken', 'codebuild:ImportSourceCredentials', 'codebuild:PersistOAuthToken',
    'codeconnections:GetIndividualAccessToken', 'codeguru-reviewer:CreateConnectionToken', 'codestar-connections:GetIndividualAccessToken',
    'connect:AdminGetEmergencyAccessToken', 'connect:GetFederationToken',
    'events:RetrieveConnectionCredentials', 'glue:RefreshOAuth2Tokens', 'health-agent:CreateSession', 'health-agent:ResetPassword',
    'health-agent:StartMedicalScribeListeningSession', 'iotmanagedintegrations:CreateCredentialLocker', 'iotmanagedintegrations:GetCredentialLocker',
    'iotmanagedintegrations:SendManagedThingCommand', 'mediapackage:RotateChannelCredentials', 'mediapackage:RotateIngestEndpointCredentials',
    'route53globalresolver:CreateAccessToken', 'route53globalresolver:GetAccessToken',
    'route53globalresolver:UpdateAccessToken', 'storagegateway:SetLocalConsolePassword', 'storagegateway:SetSMBGuestPassword', 'storagegateway:UpdateChapCredentials',
    'wickr:CreateAdminSession', 'workmail:AssumeImpersonationRole', 'workmail:ResetPassword', 'datazone:RefreshToken', 'amplifybackend:CreateToken',
    'amplifybackend:GetToken', 'amplifyuibuilder:ExchangeCodeForToken', 'amplifyuibuilder:RefreshToken', 'finspace-api:GetProgrammaticAccessCredentials',
    'finspace:ResetUserPassword', 'ec2:CreateIpamExternalResourceVerificationToken',
  ],
  'what it starts or signs in to has no role of the account': [
    'ec2:CreateTrafficMirrorSession', 'ecs:StartTelemetrySession', 'elasticmapreduce:GetOnClusterAppUIPresignedURL', 'elasticmapreduce:GetPersistentAppUIPresignedURL',
    'gamelift:GetComputeAuthToken', 'gamelift:CreateGameSession', 'gamelift:CreatePlayerSession', 'gamelift:RequestUploadCredentials',
    'gameliftstreams:CreateStreamSessionAdminShell', 'gameliftstreams:StartStreamSession', 'lightsail:CreateGUISessionAccessDetails', 'lightsail:StartGUISession',
    'lightsail:GetInstanceAccessDetails', 'lightsail:GetRelationalDatabaseMasterUserPassword', 'nova-act:CreateSession', 'sagemaker:CreateHubContentPresignedUrls',
    'cloudwatch:StartOmniThreadSession',
  ],
  'what runs commands or sends them is a device or an agent outside AWS': [
    'cloud9:CreateEnvironmentSSH', 'cloud9:UpdateSSHRemote', 'cloud9:ModifyTemporaryCredentialsOnEnvironmentEC2', 'deadline:GetSessionAction',
    'inspector2-telemetry:StartSession', 'inspector2:StartCisSession', 'iot:CreateCommand', 'iot:StartCommandExecution', 'iot:RotateTunnelAccessToken',
    'iotwireless:StartMulticastGroupSession',
  ],
  'a session of a conversation, a game, a meeting or a stream': [
    'chime:CreateProxySession', 'chime:GetMessagingSessionEndpoint', 'chime:PutVoiceConnectorTerminationCredentials', 'chime:RegenerateSecurityToken',
    'ivs:CreateParticipantToken', 'ivschat:CreateChatToken', 'lex:CreateResourcePolicyStatement', 'mpa:StartSession', 'qapps:CreateSubscriptionToken',
    'qapps:StartQAppSession', 'qdeveloper:StartAgentSession', 'rekognition:CreateFaceLivenessSession', 'rekognition:StartFaceLivenessSession', 'wisdom:CreateSession',
  ],
  'AWS has closed the service': ['iq-permission:AssumePermissionRole', 'iq:GetChatToken', 'nimble:CreateStreamingSession', 'nimble:StartStreamingSession'],
};
