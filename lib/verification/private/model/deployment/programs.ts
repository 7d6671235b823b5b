import { textOf } from '../../values/text-parts';
import { Program } from '../model';
import { StackResources } from '../stack-resources';

/** Types of resources that run code with a role: the property with its ARN, and the requests with which others start or change them. */
const TYPES = {
  'AWS::Lambda::Function': { role: ['Role'], actions: ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'] },
  'AWS::StepFunctions::StateMachine': { role: ['RoleArn'], actions: ['states:StartExecution', 'states:StartSyncExecution', 'states:UpdateStateMachine'] },
  'AWS::CodeBuild::Project': { role: ['ServiceRole'], actions: ['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProject'] },
} as const;

/** What runs code with a role of its own. */
export const readPrograms = (resources: StackResources): Program[] => Object.entries(TYPES).flatMap(([type, { role, actions }]) =>
  resources.ofType(type).map((resource) => {
    const roleArn = textOf(resource.property(...role));
    return { arn: resource.arn ?? resource.attribute('Arn'), actions, ...roleArn && { roleArn } };
  }));
