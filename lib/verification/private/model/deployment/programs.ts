import { equal } from '../../values/pattern';
import { textOf } from '../../values/text-parts';
import { Program } from '../model';
import { StackResource, StackResources } from '../stack-resources';

const FUNCTION = 'AWS::Lambda::Function';

/** Types of resources that run code with a role: the property with its ARN, and the requests with which others start or change them. */
const TYPES: { readonly [type: string]: { readonly role: string; readonly actions: readonly string[] } } = {
  [FUNCTION]: { role: 'Role', actions: ['lambda:InvokeFunction', 'lambda:InvokeAsync', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'] },
  'AWS::StepFunctions::StateMachine': { role: 'RoleArn', actions: ['states:StartExecution', 'states:StartSyncExecution', 'states:UpdateStateMachine'] },
  'AWS::CodeBuild::Project': { role: 'ServiceRole', actions: ['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProject'] },
  'AWS::CodePipeline::Pipeline': { role: 'RoleArn', actions: ['codepipeline:StartPipelineExecution', 'codepipeline:UpdatePipeline'] },
  'AWS::Glue::Job': { role: 'Role', actions: ['glue:StartJobRun', 'glue:UpdateJob'] },
};

/** The types of resources that run code, with a role of their own or, as versions of functions, with that of others. */
export const runsCode = (type: string): boolean => Object.hasOwn(TYPES, type) || type === 'AWS::Lambda::Version';

/** What runs code with a role. */
export function readPrograms(resources: StackResources): Program[] {
  const programs = Object.keys(TYPES).flatMap((type) => resources.ofType(type).map((resource) => programOf(resource, resource)));
  const versions = resources.ofType('AWS::Lambda::Version').flatMap((version) => {
    const name = textOf(version.property('FunctionName'));
    const own = resources.ofType(FUNCTION).find(({ ref, arn }) => name && [ref, arn].some((known) => known && equal(known, name) === 'yes'));
    return own ? [programOf(version, own)] : [];
  });
  return [...programs, ...versions];
}

/** @param own what has the role. */
function programOf(resource: StackResource, own: StackResource): Program {
  const { role, actions } = TYPES[own.type];
  const roleArn = textOf(own.property(role));
  return { arns: [resource.arn ?? resource.attribute('Arn'), resource.ref], actions, ...roleArn && { roleArn } };
}
