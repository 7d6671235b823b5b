import * as cdk from 'aws-cdk-lib';
import * as fc from 'fast-check';

// As of aws-cdk-lib 2.262, the CDK validates each template, which takes most of the time of a synthesis. One step of CI runs with validation.
// The tests turn it off if it exists.
const { CloudFormationValidatePlugin: Plugin } = cdk as { CloudFormationValidatePlugin?: { PLUGIN_NAME: string } };
if (Plugin) {
  Object.defineProperty(Plugin, '_singletonInstance', {
    value: () => ({ name: Plugin.PLUGIN_NAME, validate: () => ({ success: true, violations: [] }) }),
  });
}

// Property tests try the same values each time, so that a failure is one of the change. SEED is for other values.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
