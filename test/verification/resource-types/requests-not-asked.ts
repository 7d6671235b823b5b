import { OF_COMPUTE } from './requests/compute';
import { OF_DATA } from './requests/data';
import { OF_DEPLOYERS } from './requests/deployers';
import { RequestsOfServices } from './requests/reasons';

/**
 * The requests of services that act with roles, of which somebody has read that the caller does not decide with them what something does with a role that it has already.
 * By the service and the reason. See `requests-of-types.test.ts`.
 */
export const NOT_ASKED: RequestsOfServices = { ...OF_COMPUTE, ...OF_DEPLOYERS, ...OF_DATA };

/** The services whose requests nobody has read yet, by the prefixes of their actions. Make this list shorter, never longer. */
export const NOT_REVIEWED: readonly string[] = [
  'aidevops', 'airflow', 'apigateway', 'appflow', 'appstream', 'appsync', 'athena', 'backup', 'bedrock', 'bedrock-agentcore', 'budgets', 'chatbot',
  'cleanrooms', 'codeconnections', 'codedeploy', 'codestar-connections', 'comprehend', 'databrew', 'datasync', 'dax', 'deadline', 'devicefarm',
  'dlm', 'dms', 'entityresolution', 'firehose', 'fis', 'gamelift', 'grafana', 'greengrass', 'iot', 'iottwinmaker', 'iotwireless', 'kafkaconnect',
  'kendra', 'kinesisanalytics', 'lakeformation', 'lex', 'm2', 'medialive', 'neptune-db', 'osis', 'qbusiness', 'quicksight', 'rds', 'rds-data',
  'rds-db', 'redshift', 'redshift-data', 'redshift-serverless', 'rolesanywhere', 's3', 'sagemaker', 'synthetics', 'transfer',
];
