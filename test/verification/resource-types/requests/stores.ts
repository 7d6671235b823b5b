import { DATA, HALF, NO_ROLE, OWN, PASSES, SETTINGS, SHARES, STARTS, RequestsOfServices } from './reasons';

/** What has data: databases, buckets and shared tables. */
export const OF_STORES: RequestsOfServices = {
  'cleanrooms': {
    [PASSES]: 'CreateMembership CreateConfiguredTableAssociation UpdateConfiguredTableAssociation',
    [STARTS]: 'PopulateIdMappingTable UpdateProtectedJob UpdateProtectedQuery StartAnalysisLogExport',
    [SETTINGS]: `
      CreateCollaborationChangeRequest UpdateCollaboration UpdateCollaborationChangeRequest CreatePrivacyBudgetTemplate UpdatePrivacyBudgetTemplate
      UpdateIntermediateTable DisallowIntermediateTable CreateIdMappingTable UpdateIdMappingTable CreateIdNamespaceAssociation
      UpdateIdNamespaceAssociation CreateConfiguredAudienceModelAssociation UpdateConfiguredAudienceModelAssociation
    `,
    [NO_ROLE]: 'CreateCollaboration CreateConfiguredTable',
    [HALF]: `
      CreateAnalysisTemplate UpdateAnalysisTemplate CreateConfiguredTableAnalysisRule UpdateConfiguredTableAnalysisRule
      UpdateConfiguredTableAllowedColumns CreateConfiguredTableAssociationAnalysisRule UpdateConfiguredTableAssociationAnalysisRule
      CreateIntermediateTable CreateIntermediateTableAnalysisRule UpdateIntermediateTableAnalysisRule
    `,
    [OWN]: 'PreviewPrivacyImpact PassCollaboration PassMembership',
  },
  'dax': {
    [PASSES]: 'CreateCluster',
    [SETTINGS]: `
      UpdateCluster DecreaseReplicationFactor IncreaseReplicationFactor RebootNode CreateParameterGroup UpdateParameterGroup CreateSubnetGroup
      UpdateSubnetGroup
    `,
  },
  'lakeformation': {
    [PASSES]: 'RegisterResource RegisterResourceWithPrivilegedAccess UpdateResource',
    [SETTINGS]: `
      AddLFTagsToResource CreateLFTag UpdateLFTag CreateLFTagExpression UpdateLFTagExpression CreateLakeFormationIdentityCenterConfiguration
      UpdateLakeFormationIdentityCenterConfiguration UpdateTableStorageOptimizer
    `,
    [DATA]: 'CommitTransaction ExtendTransaction StartTransaction UpdateTableObjects StartQueryPlanning',
    [HALF]: 'BatchGrantPermissions GrantPermissions PutDataLakeSettings CreateDataCellsFilter UpdateDataCellsFilter CreateLakeFormationOptIn',
  },
  'rds': {
    [PASSES]: `
      AddRoleToDBCluster AddRoleToDBInstance CreateDBProxy CreateCustomDBEngineVersion StartExportTask RestoreDBInstanceFromS3
      RestoreDBClusterFromS3 ModifyOptionGroup
    `,
    [STARTS]: `
      BacktrackDBCluster PromoteReadReplicaDBCluster RebootDBCluster StartDBCluster PromoteReadReplica RebootDBInstance StartDBInstance
      SwitchoverReadReplica FailoverDBCluster FailoverGlobalCluster SwitchoverGlobalCluster SwitchoverBlueGreenDeployment RebootDBShardGroup
    `,
    [SETTINGS]: `
      ModifyCurrentDBClusterCapacity ModifyActivityStream StartActivityStream AddSourceIdentifierToSubscription CreateEventSubscription
      ModifyEventSubscription AddTagsToResource ApplyPendingMaintenanceAction AuthorizeDBSecurityGroupIngress CreateDBSecurityGroup
      ModifyCertificates ModifyDBRecommendation ModifyRecommendation CopyCustomDBEngineVersion ModifyCustomDBEngineVersion
      CopyDBClusterParameterGroup CreateDBClusterParameterGroup ResetDBClusterParameterGroup CopyDBParameterGroup CreateDBParameterGroup
      ResetDBParameterGroup CopyOptionGroup CreateOptionGroup CreateDBClusterEndpoint ModifyDBClusterEndpoint CreateDBProxyEndpoint
      ModifyDBProxyEndpoint CreateDBSubnetGroup ModifyDBSubnetGroup ModifyDBShardGroup CreateDBShardGroup CreateGlobalCluster ModifyGlobalCluster
      CrossRegionCommunication PurchaseReservedDBInstancesOffering StartDBInstanceAutomatedBackupsReplication ModifyDBSnapshot
    `,
    [DATA]: 'DownloadCompleteDBLogFile DownloadDBLogFilePortion CopyDBClusterSnapshot CopyDBSnapshot CreateDBClusterSnapshot CreateDBSnapshot',
    [NO_ROLE]: `
      CreateBlueGreenDeployment CreateDBCluster CreateDBInstance CreateDBInstanceReadReplica CreateIntegration ModifyIntegration
      CreateTenantDatabase RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime
    `,
    [HALF]: 'EnableHttpEndpoint',
    [SHARES]: 'ModifyDBClusterSnapshotAttribute ModifyDBSnapshotAttribute',
  },
  'rds-data': {
    [HALF]: 'BeginTransaction CommitTransaction RollbackTransaction',
  },
  'redshift': {
    [PASSES]: `
      CreateCluster ModifyClusterIamRoles CreateScheduledAction RestoreFromClusterSnapshot CreateRedshiftIdcApplication ModifyRedshiftIdcApplication
      CreateQev2IdcApplication ModifyQev2IdcApplication
    `,
    [STARTS]: 'FailoverPrimaryCompute RebootCluster ResumeCluster ResizeCluster RotateEncryptionKey',
    [SETTINGS]: `
      AcceptReservedNodeExchange PurchaseReservedNodeOffering AddPartner UpdatePartnerStatus CreateAuthenticationProfile ModifyAuthenticationProfile
      CreateEndpointAccess ModifyEndpointAccess RegisterNamespace AuthorizeClusterSecurityGroupIngress AuthorizeEndpointAccess
      CreateCustomDomainAssociation ModifyCustomDomainAssociation EnableLogging EnableSnapshotCopy ModifyAquaConfiguration ModifyAutonomicsDenylist
      ModifyClusterDbRevision ModifyClusterMaintenance ModifyClusterSnapshotSchedule ModifySnapshotCopyRetentionPeriod BatchModifyClusterSnapshots
      ModifyClusterSnapshot CreateClusterParameterGroup ModifyClusterParameterGroup ResetClusterParameterGroup CreateClusterSecurityGroup
      CreateClusterSubnetGroup ModifyClusterSubnetGroup CreateEventSubscription ModifyEventSubscription CreateHsmClientCertificate
      CreateHsmConfiguration CreateSnapshotCopyGrant CreateSnapshotSchedule ModifySnapshotSchedule CreateTags CreateUsageLimit ModifyUsageLimit
    `,
    [DATA]: 'CopyClusterSnapshot CreateClusterSnapshot RestoreTableFromClusterSnapshot FetchResults CreateSavedQuery ModifySavedQuery',
    [NO_ROLE]: 'CreateIntegration ModifyIntegration CreateInboundIntegration',
    [HALF]: 'CreateClusterUser JoinGroup',
    [SHARES]: `
      AssociateDataShareConsumer AuthorizeDataShare DeauthorizeDataShare AuthorizeInboundIntegration AuthorizeSnapshotAccess PutResourcePolicy
    `,
  },
  'redshift-serverless': {
    [PASSES]: 'CreateNamespace CreateScheduledAction UpdateScheduledAction',
    [SETTINGS]: `
      CreateCustomDomainAssociation UpdateCustomDomainAssociation CreateWorkgroup UpdateWorkgroup UpdateAutonomicsDenylist CreateEndpointAccess
      UpdateEndpointAccess CreateSnapshotCopyConfiguration UpdateSnapshotCopyConfiguration CreateReservation CreateUsageLimit UpdateUsageLimit
      UpdateSnapshot
    `,
    [DATA]: `
      ConvertRecoveryPointToSnapshot CreateSnapshot RestoreTableFromSnapshot RestoreFromSnapshot RestoreFromRecoveryPoint
      RestoreTableFromRecoveryPoint
    `,
    [SHARES]: 'PutResourcePolicy',
  },
  's3': {
    [PASSES]: 'CreateAccessGrantsLocation UpdateAccessGrantsLocation CreateJob PutReplicationConfiguration',
    [STARTS]: 'UpdateJobPriority UpdateJobStatus InitiateReplication',
    [SETTINGS]: `
      AllowVendedLogDeliveryForResource CreateBucket CreateBucketMetadataTableConfiguration UpdateBucketMetadataAnnotationTableConfiguration
      UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration PutAccelerateConfiguration
      PutAnalyticsConfiguration PutBucketAbac PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration
      PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration
      PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration AssociateAccessGrantsIdentityCenter
      DissociateAccessGrantsIdentityCenter CreateAccessGrantsInstance CreateAccessPoint CreateAccessPointForObjectLambda
      PutAccessPointConfigurationForObjectLambda CreateStorageLensGroup UpdateStorageLensGroup PutStorageLensConfiguration
      PutStorageLensConfigurationTagging CreateMultiRegionAccessPoint SubmitMultiRegionAccessPointRoutes PutJobTagging
    `,
    [DATA]: `
      BypassGovernanceRetention PutObject PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAnnotation
      PutObjectVersionTagging RestoreObject UpdateObjectEncryption ObjectOwnerOverrideToBucketOwner ReplicateDelete ReplicateObject
      ReplicateObjectAnnotation ReplicateTags
    `,
    [SHARES]: `
      PutObjectAcl PutObjectVersionAcl PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
      PutAccessGrantsInstanceResourcePolicy PutAccessPointPolicy PutAccessPointPolicyForObjectLambda PutAccessPointPublicAccessBlock
      PutAccountPublicAccessBlock PutMultiRegionAccessPointPolicy
    `,
  },
  'secretsmanager': {
    [STARTS]: 'RotateSecret',
    [SHARES]: 'PutResourcePolicy ReplicateSecretToRegions',
    [DATA]: 'CreateSecret PutSecretValue RestoreSecret UpdateSecret UpdateSecretVersionStage',
  },
};
