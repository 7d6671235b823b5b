// Template validation must reject this app, so that CI knows that `cdk synth --strict` can fail.
import { App, CfnResource } from 'aws-cdk-lib';
import { IrsaTestStack } from '../bin/irsa-test-stack';

const stack = new IrsaTestStack(new App(), 'IrsaTestStack', { env: { region: 'us-west-2' } });
for (const construct of stack.node.findAll()) {
  if (CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::EKS::Nodegroup') {
    construct.addPropertyOverride('AmiType', 'AL2023_x86_64_STANDRAD');
  }
}
