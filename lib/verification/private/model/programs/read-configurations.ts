import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { anyPart, arnOf } from '../code/code-write';
import { limitTo } from '../deliveries/limit';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/** Requests that return a configuration. */
const RETURNING = ['appconfig:GetConfiguration', 'appconfig:GetLatestConfiguration'];

/** What AWS AppConfig requests to read one: from Amazon S3, AWS Secrets Manager or AWS Systems Manager. */
const READING = ['s3:GetObject', 's3:GetObjectVersion', 'secretsmanager:GetSecretValue', 'ssm:GetDocument', 'ssm:GetParameter'].map((action) => ({ action }));

/**
 * Configurations that AWS AppConfig reads with a role of its own for whoever gets them. Nobody else decides what it reads.
 *
 * @see https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-configuration-and-profile.html
 */
export const readConfigurations = (resources: StackResources): Program[] => resources.ofType('AWS::AppConfig::ConfigurationProfile').flatMap((profile) => {
  const [roleArn, place] = [textOf(profile.property('RetrievalRoleArn')), profile.place()];
  const configuration = Text.join([Text.of('application/'), anyPart('application'), Text.of('/configuration/'), profile.ref]); // with an environment before it
  const code = RETURNING.map((action) => ({ action, arn: arnOf('appconfig', configuration, anyPart('Region'), anyPart('account')) }));
  return roleArn ? [{ arns: [], startedBy: [], takeovers: [], code, roleArn, limit: limitTo(READING, 'AWS AppConfig', place), place }] : [];
});
