const words = (text: string): string[] => text.trim().split(/\s+/);

/**
 * Services without roles of their own of which it is known what they do on behalf of whoever sends a request: all requests that act are reviewed, mostly by their
 * names. Each changes data of its own service, acts with the permissions of the caller, takes a role that the caller has to pass, or is followed by a rule. Traffic
 * that a request sends elsewhere does not count, nor what something does with its input. Services whose resources act with roles, as declared next to this, need not
 * be here: `requests-of-types.test.ts` refuses requests of theirs that are not reviewed. `known-services.test.ts` refuses new requests of these.
 */
export const KNOWN_SERVICES: readonly string[] = words(`
  access-analyzer acm acm-pca aoss appconfig application-autoscaling application-signals appmesh aps arc-zonal-shift autoscaling bedrock-mantle
  cassandra ce cloudtrail cloudwatch codeartifact codecommit codeguru-profiler codeguru-reviewer codeguru-security codestar-notifications
  cognito-identity cognito-idp cognito-sync comprehendmedical config datapipeline dbqms docdb-elastic dsql dynamodb ebs ec2 ec2-instance-connect
  ec2messages ecr ecr-public eks elasticache elasticfilesystem elasticloadbalancing es events execute-api fsx geo glacier globalaccelerator
  groundtruthlabeling guardduty health iam inspector2 inspector2-telemetry kafka kafka-cluster kinesis kms logs mediaconvert memorydb
  mobiletargeting mq network-firewall networkflowmonitor opensearch personalize pi pipes polly qldb rekognition resource-groups robomaker route53
  rum s3-object-lambda s3express s3tables s3vectors sagemaker-geospatial savingsplans scheduler schemas sdb securityhub servicediscovery
  servicequotas ses shield signer sms-voice sns sqs ssmmessages sts support support-console tag textract timestream transcribe translate
  verifiedpermissions vpc-lattice vpc-lattice-svcs waf waf-regional wafv2 xray
`);

/** Requests of other services of which the same is known, because pods often send them. */
export const KNOWN_REQUESTS: readonly string[] = words(`
  aws-external-anthropic:CancelBatchInference aws-external-anthropic:CountTokens aws-external-anthropic:CreateBatchInference
  aws-external-anthropic:CreateInference aws-marketplace:BatchMeterUsage aws-marketplace:MeterUsage aws-marketplace:RegisterUsage
  aws-marketplace:Subscribe aws-marketplace:Unsubscribe cloudfront:CreateInvalidation cloudfront:CreateInvalidationForDistributionTenant
  ds:AccessDSData ds:CreateComputer emr-containers:CancelJobRun identitystore:CreateUser license-manager:CheckInLicense license-manager:CheckoutLicense
  license-manager:ExtendLicenseConsumption managedblockchain:GET s3files:CreateAccessPoint s3files:DeleteAccessPoint sso-directory:CreateUser
`);

/**
 * Requests of known services that no rule follows, although they can lead to credentials, or to what another role runs.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/s3-policies-management.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/getting-started-eks.html
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/package-origin-controls.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html
 * @see https://docs.aws.amazon.com/datasync/latest/userguide/create-task-how-to.html
 * @see https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateConnection.html
 * @see https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateAndAttachS3AccessPoint.html
 * @see https://docs.aws.amazon.com/fsx/latest/APIReference/API_UpdateFileSystemOntapConfiguration.html
 * @see https://docs.aws.amazon.com/fsx/latest/LustreGuide/fsx-data-repositories.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-rules.html
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/direct-query-s3-creating.html
 */
export const NOT_FOLLOWED: readonly string[] = words(`
  appflow:CreateFlow appflow:RunFlow appflow:StartFlow appflow:UpdateFlow
  application-signals:CreateInstrumentationConfiguration
  batch:CreateComputeEnvironment
  codeartifact:AssociateExternalConnection codeartifact:AssociateWithDownstreamRepository codeartifact:CopyPackageVersions codeartifact:CreatePackageGroup
  codeartifact:PublishPackageVersion codeartifact:PutDomainPermissionsPolicy codeartifact:PutPackageOriginConfiguration
  codeartifact:PutRepositoryPermissionsPolicy codeartifact:UpdatePackageGroup codeartifact:UpdatePackageGroupOriginConfiguration
  codeartifact:UpdatePackageVersionsStatus codeartifact:UpdateRepository
  config:PutConformancePack config:PutOrganizationConformancePack
  datasync:CreateTask datasync:StartTaskExecution datasync:UpdateTask
  elasticfilesystem:CreateReplicationConfiguration
  events:CreateApiDestination events:RetrieveConnectionCredentials events:UpdateApiDestination events:UpdateConnection
  fsx:CopySnapshotAndUpdateVolume fsx:CreateAndAttachS3AccessPoint fsx:CreateDataRepositoryAssociation fsx:CreateDataRepositoryTask
  fsx:UpdateDataRepositoryAssociation fsx:UpdateFileSystem fsx:UpdateStorageVirtualMachine
  iam:AcceptDelegationRequest iam:UpdateAccountEmailAddress
  iot:Publish iot:RetainPublish iot:SendDirectMessage iot:UpdateThingShadow
  opensearch:StartDirectQuery
`);
