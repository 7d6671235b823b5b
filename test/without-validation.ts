import * as cdk from 'aws-cdk-lib';

// As of aws-cdk-lib 2.262, the CDK validates each template, which takes most of the time of a synthesis. One step of CI runs with validation.
// The tests turn it off if it exists.
const { CloudFormationValidatePlugin: Plugin } = cdk as { CloudFormationValidatePlugin?: { PLUGIN_NAME: string } };
if (Plugin) {
  Object.defineProperty(Plugin, '_singletonInstance', {
    value: () => ({ name: Plugin.PLUGIN_NAME, validate: () => ({ success: true, violations: [] }) }),
  });
}
