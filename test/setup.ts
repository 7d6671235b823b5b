import { CloudFormationValidatePlugin } from 'aws-cdk-lib';

// The built-in validation of templates takes most of the time of a synthesis; one step of CI runs with it. Its environment variable is
// younger than the oldest aws-cdk-lib that the tests run with.
process.env.CDK_VALIDATION = 'false';
Object.defineProperty(CloudFormationValidatePlugin, '_singletonInstance', {
  value: () => ({ name: CloudFormationValidatePlugin.PLUGIN_NAME, validate: () => ({ success: true, violations: [] }) }),
});
