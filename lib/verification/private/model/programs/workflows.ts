import { ProgramTexts } from './program-texts';
import { ofSource } from './sources';
import { addTo } from '../../values/add-to';
import { distinct } from '../../values/distinct';
import { parseOpenJson } from '../../values/json-text';
import { mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isReference, textAfter, textOf } from '../../values/text-parts';
import { withTexts } from '../../values/with-texts';
import { CodeWrite } from '../code/code-write';
import { writesOfObjectsIn } from '../code/object-locations';
import { handedBy } from '../deliveries/handed-input';
import { HandingOn } from '../deliveries/handing-on';
import { substituted, substitutionsOf } from '../deliveries/substitutions';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** What starts jobs that its definition or its input describes, with their roles. */
const WORKFLOWS = ['AWS::Events::Rule', 'AWS::Glue::Trigger', 'AWS::Pipes::Pipe', 'AWS::SageMaker::Pipeline', 'AWS::Scheduler::Schedule', 'AWS::StepFunctions::StateMachine'];

/**
 * The jobs that workflows describe: who changes what a definition names decides what the jobs do with the roles that it names, too, and with those of the tasks and
 * jobs that it starts with other commands. What it hands to functions is their input.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-eks.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/define-pipeline.html
 */
export const readWorkflows = (resources: StackResources, texts: ProgramTexts, programs: readonly Program[], handing: HandingOn): Program[] => {
  const byName = new Map<string, Program[]>();
  programs.forEach((one) => one.arns.forEach(({ key }) => addTo(byName, key, one)));
  return resources.ofType(...WORKFLOWS).flatMap((workflow) => {
    const definition = definitionOf(workflow);
    const handed = handedBy(workflow, handing);
    const code = [...texts.writesIn(definition), ...handed?.code ?? []];
    const named = code.length === 0 && !handed ? [] : namedIn(definition);
    const keys = new Set(named.map(({ text }) => text.key));
    const started = programs.filter(({ startedBy, arns }) => startedBy.length === 0 && arns.some(({ key }) => keys.has(key)));
    const elsewhere = named.filter((one) => isStarted(one) && !byName.has(one.text.key)).map(({ text }) => derived(text, 'role of what it starts'));
    const roles = [...named.filter(isRole).map(({ text }) => text), ...started.flatMap(({ roleArn }) => roleArn ?? []), ...elsewhere];
    const program = { arns: [], startedBy: [], takeovers: [], code, ...handed?.fedBy && { fedBy: handed.fedBy }, place: workflow.place() };
    const given = givenCodeIn(definition, texts).flatMap(({ name, code: instead }) => (byName.get(name.key) ?? []).flatMap(({ roleArn }): Program[] =>
      (roleArn ? [{ arns: [], startedBy: [], takeovers: [], code: instead, roleArn, place: workflow.place() }] : [])));
    return [...distinct(roles).map((roleArn): Program => ({ ...program, roleArn })), ...given];
  });
};

/** What a request gives a function or a build in place of its own code. */
interface GivenCode { readonly name: Text; readonly code: readonly CodeWrite[] }

/**
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
 */
function givenCodeIn(value: Resolved, texts: ProgramTexts): GivenCode[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap((item) => givenCodeIn(item, texts)) : [];
  }
  const [updated, built] = ['FunctionName', 'ProjectName'].map((name) => textOf(value.get(name)));
  const ofFunction = updated && OF_CODE.some((name) => value.get(name)) ? [...writesOfObjectsIn(value), ...texts.writesIn(value)] : [];
  const ofBuild = built ? ofSource(mapOf({ Type: value.get('SourceTypeOverride'), Location: value.get('SourceLocationOverride') })) : [];
  return [
    ...(updated && ofFunction.length > 0 ? [{ name: updated, code: ofFunction }] : []),
    ...(built && ofBuild.length > 0 ? [{ name: built, code: ofBuild }] : []),
    ...value.entries.flatMap(([, inner]) => givenCodeIn(inner, texts)),
  ];
}

/** The parameters with the code of a function. */
const OF_CODE = ['ImageUri', 'S3Bucket'];

/** A text, and the property that has it. */
interface Named { readonly text: Text; readonly property: string }

const isRole = ({ text, property }: Named): boolean => textAfter(text, ':role/') !== undefined || (text.literal === undefined && /role(arn)?$/i.test(property));

/** Whether it names a task, a job or a build that starts with other commands, as the definition and not the input of the workflow says. */
const isStarted = ({ text, property }: Named): boolean =>
  /^(taskdefinition(arn)?|jobdefinition|projectname)$/i.test(property) && !text.startsWith('{%') && !isReference(text);

/** The properties of a workflow, with objects in place of their texts. */
const definitionOf = (workflow: StackResource): Resolved => withObjects(workflow.property(), substitutionsOf(workflow));

const withObjects = (value: Resolved, substitutions: Resolved): Resolved => withTexts(value, (written) => {
  const text = substituted(written, substitutions);
  const parsed = text.startsWith('{') ? parseOpenJson(text) : { value: text };
  return 'value' in parsed && parsed.value instanceof ResolvedMap ? withObjects(parsed.value, substitutions) : text;
});

const namedIn = (value: Resolved, property = ''): Named[] => (value instanceof Text ? [{ text: value, property }]
  : Array.isArray(value) ? value.flatMap((item) => namedIn(item, property))
    : value?.entries.flatMap(([{ literal }, inner]) => namedIn(inner, literal)) ?? []);
