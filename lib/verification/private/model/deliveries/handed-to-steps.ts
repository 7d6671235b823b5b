import { Handed } from './handed';
import { HandingOn } from './handing-on';
import { decides } from '../../resource-types/service-integrations';
import { objectOf } from '../../values/json-text';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, literalOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** The requests of steps that do not have the name of a job. */
const REQUESTS: { readonly [type: string]: string } = { EMR: 'elasticmapreduce:AddJobFlowSteps', Model: 'sagemaker:CreateModel' };

/**
 * Who starts a pipeline of Amazon SageMaker, if it hands its parameters on as what its steps run. So might one whose definition the templates do not show.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-parameters.html
 * @see https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
 */
export function handedToSteps(pipeline: StackResource, handing: HandingOn): Handed | undefined {
  const definition = objectOf(pipeline.property('PipelineDefinition', 'PipelineDefinitionBody'));
  const handsOn = !(definition instanceof ResolvedMap) || stepsIn(definition).some(isDecided);
  const arn = pipeline.arn ?? pipeline.attribute('Arn');
  return handsOn ? { code: [{ action: 'sagemaker:StartPipelineExecution', arn }], fedBy: handing.handersTo(arn) } : undefined;
}

const SCRIPT = 'EntryPoint';

/** Those with a type and arguments, also of conditions. */
const stepsIn = (value: Resolved): ResolvedMap[] => (Array.isArray(value) ? value.flatMap(stepsIn) : !(value instanceof ResolvedMap) ? []
  : [...(value.get('Arguments') === undefined ? [] : [value]), ...value.entries.flatMap(([, inner]) => stepsIn(inner))]);

function isDecided(step: ResolvedMap): boolean {
  const type = literalOf(step.get('Type')) ?? '';
  const request = Object.hasOwn(REQUESTS, type) ? REQUESTS[type] : `sagemaker:Create${type}Job`;
  return parametersIn(undefined, step.get('Arguments')).some((parameter) => decides(request, parameter));
}

/** The names of arguments that have something of a parameter. The input with the name `code` is a script. */
function parametersIn(key: string | undefined, value: Resolved): Array<string | undefined> {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap((item) => parametersIn(key, item)) : [];
  }
  const own = isText(value.get('InputName'), 'code') === 'yes' ? SCRIPT : key;
  return value.get('Get') instanceof Text ? [own] : value.entries.flatMap(([{ literal = '' }, inner]) =>
    parametersIn(own === SCRIPT || literal.startsWith('Std:') || literal === 'Values' ? own : literal, inner));
}
