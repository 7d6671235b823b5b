import { whole } from './permissions';
import { ANY_SERVICE, ResourceType } from './resource-type';

/** What is known about all types that a pattern matches, except those with a declaration of their own. The first pattern counts. */
export const FAMILIES: ReadonlyArray<readonly [types: RegExp, declared: ResourceType]> = [
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html */
  [/::MODULE$/, { isMadeOfTemplates: true }],
  // a resource policy of a type that is not known can allow anything
  [/^AWS::\w+::ResourcePolicy$/, { unread: whole(ANY_SERVICE) }],
  [/^AWS::(IAM|EKS)::\w+$/, { matters: 'IAM and Amazon EKS decide which pods get which credentials, and what these allow' }],
  [/^Custom::/, { matters: 'it runs code while CloudFormation deploys the templates' }],
  [/^AWS::CDK::Metadata$/, { grantsNothing: 'it is metadata of aws-cdk' }],
  [/^AWS::Serverless::/, { grantsNothing: 'the transform of AWS SAM replaces it, and the finding about the transform says so' }],
  [/^Alexa::/, { grantsNothing: 'it is a skill of Alexa' }],
];
