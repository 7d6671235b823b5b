import * as cdk from 'aws-cdk-lib';

// From aws-cdk-lib 2.262 on, the CDK validates each template, which takes most of the time of a synthesis. One step of CI runs with it;
// here it is left out, where it exists.
const { CloudFormationValidatePlugin: Plugin } = cdk as { CloudFormationValidatePlugin?: { PLUGIN_NAME: string } };
if (Plugin) {
  Object.defineProperty(Plugin, '_singletonInstance', {
    value: () => ({ name: Plugin.PLUGIN_NAME, validate: () => ({ success: true, violations: [] }) }),
  });
}
