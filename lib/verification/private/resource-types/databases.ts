import { regional } from './formats';
import { within } from './permissions';
import { ResourceFormat, ResourceTypes } from './resource-type';
import { at, elsewhere } from './takeovers';

const SQL_OF_REDSHIFT = [
  'redshift-data:ExecuteStatement', 'redshift-data:BatchExecuteStatement', 'redshift:GetClusterCredentials', 'redshift:GetClusterCredentialsWithIAM',
  'redshift-serverless:GetCredentials', 'redshift:GetIdentityCenterAuthToken', 'redshift-serverless:GetIdentityCenterAuthToken', 'redshift:ExecuteQuery',
  'redshift:ModifyCluster', 'redshift-serverless:UpdateNamespace',
];

/**
 * Also the SQL that a database or a proxy runs when somebody connects, and the passwords of administrators.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 */
const SQL_OF_RDS = [
  'rds-data:BatchExecuteStatement', 'rds-data:ExecuteSql', 'rds-data:ExecuteStatement', 'rds-db:connect', 'rds:ModifyDBCluster', 'rds:ModifyDBClusterParameterGroup',
  'rds:ModifyDBInstance', 'rds:ModifyDBParameterGroup', 'rds:ModifyDBProxyTargetGroup', 'rds:ModifyTenantDatabase',
];

/**
 * Amazon RDS stores identifiers in lower case, so that those of templates do not tell the ARN. It generates the names of the secrets that it manages.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
 */
const database = (kind: string, arn: string, id: string): ResourceFormat => ({
  arn: `${regional('rds')}${kind}:\${Identifier}`,
  ref: '${Identifier}',
  attributes: {
    [arn]: `${regional('rds')}${kind}:\${Identifier}`,
    [id]: `\${${id}}`,
    'MasterUserSecret.SecretArn': `${regional('secretsmanager')}secret:rds!\${ManagedSecret}`,
  },
  unique: ['Identifier', id, 'ManagedSecret'],
});

/** Databases that act with roles as their SQL, or the like, says. */
export const DATABASES: ResourceTypes = {
  /** @see https://docs.aws.amazon.com/neptune/latest/userguide/load-api-reference-load.html */
  'AWS::Neptune::DBCluster': elsewhere(
    at('AssociatedRoles.RoleArn'),
    'neptune-db:StartLoaderJob', 'neptune-db:StartMLDataProcessingJob', 'neptune-db:StartMLModelTrainingJob', 'neptune-db:StartMLModelTransformJob', 'neptune-db:connect',
  ),
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.LoadFromS3.html */
  'AWS::RDS::DBCluster': { ...elsewhere(at('AssociatedRoles.RoleArn'), ...SQL_OF_RDS), format: database('cluster', 'DBClusterArn', 'DBClusterResourceId') },
  'AWS::RDS::DBInstance': { ...elsewhere(at('AssociatedRoles.RoleArn'), ...SQL_OF_RDS), format: database('db', 'DBInstanceArn', 'DbiResourceId') },
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Procedural.Importing.Native.Enabling.html */
  'AWS::RDS::OptionGroup': elsewhere(at('OptionConfigurations.OptionSettings.IAM_ROLE_ARN'), ...SQL_OF_RDS),
  /** @see https://docs.aws.amazon.com/redshift/latest/mgmt/copy-unload-iam-role.html */
  'AWS::Redshift::Cluster': { ...elsewhere(at('IamRoles'), ...SQL_OF_REDSHIFT), unread: within('redshift', 'NamespaceResourcePolicy') },
  /** @see https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html */
  'AWS::RedshiftServerless::Namespace': {
    ...elsewhere(at('IamRoles', 'DefaultIamRoleArn'), ...SQL_OF_REDSHIFT),
    unread: within(['redshift', 'redshift-serverless'], 'NamespaceResourcePolicy'),
  },
};
