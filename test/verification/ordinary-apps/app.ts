import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ANALYTICS_REPORTING_ENABLED_CONTEXT, DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import { context } from '../../../cdk.json';
import { verification } from '../../../lib';

export const ENV = { account: '123456789012', region: 'eu-central-1' };

/** A small app of a kind that many people have, and what to ask about it. */
export interface OrdinaryApp {
  readonly access: verification.PodAccess;
  /** Questions about what its own roles are allowed, in addition to those about every app. */
  readonly granted?: readonly Question[];
  /** Pods to ask about that are not among the principals of the templates, such as those of charts. */
  readonly otherPods?: readonly verification.PodSelection[];
}

export interface Question {
  readonly action: string;
  /** One with a literal ARN is of another app, and without a policy of its own. */
  readonly resource?: string;
  readonly context?: verification.AccessOptions['context'];
  /** What the resource is, if its ARN has tokens. */
  readonly of?: string;
}

/** As the CDK CLI calls apps, but they do not copy their assets, which nobody reads. */
const OF_CLI = { [ANALYTICS_REPORTING_ENABLED_CONTEXT]: true, [DISABLE_ASSET_STAGING_CONTEXT]: true };

/** An app with the feature flags of a new one. */
export const newApp = () => new App({ context: { ...context, ...OF_CLI } });

/** An app that was started years ago: without feature flags. */
export const oldApp = () => new App({ context: OF_CLI });

/** By its ARN, because the one in the package has 36 MB. */
export const kubectlLayer = (stack: Stack) => lambda.LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:eu-central-1:123456789012:layer:kubectl:1');

export const deployment = (name: string, namespace: string, serviceAccountName?: string, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { ...(serviceAccountName !== undefined && { serviceAccountName }), containers: [{ name, image: `registry.example.com/${name}:1` }], ...spec },
    },
  },
});

export const namespaceOf = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
