import { isConstant } from './deliveries';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { textOf, textsIn } from '../../values/text-parts';
import { Delivery } from '../events';
import { StackResources } from '../stack-resources';

/**
 * What rules and pipes hand on as parameters of pipelines and runbooks, which take no event as it is.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html
 */
export const deliveriesOfParameters = (resources: StackResources): Delivery[] => [
  ...resources.ofType('AWS::Events::Rule').flatMap((rule) => listOf(rule.property('Targets')).flatMap((target) =>
    (isTransformed(target) || hasPath(target) ? deliveryTo(valueAt(target, 'Arn'), rule.attribute('Arn')) : []))),
  ...resources.ofType('AWS::Pipes::Pipe').flatMap((pipe) =>
    (hasPath(pipe.property('TargetParameters')) ? deliveryTo(pipe.property('Target'), pipe.property('Source')) : [])),
];

function deliveryTo(target: Resolved, sender: Resolved): Delivery[] {
  const [to, from] = [target, sender].map(textOf);
  return to ? [{ to, from }] : [];
}

/** Whether a part of an event is the input of a target. */
function isTransformed(target: Resolved): boolean {
  const template = valueAt(target, 'InputTransformer', 'InputTemplate');
  return valueAt(target, 'InputPath') !== undefined || (template !== undefined && !isConstant(template));
}

/** Whether a parameter of a pipeline of Amazon SageMaker is a path into an event. */
const hasPath = (target: Resolved): boolean =>
  textsIn(valueAt(target, 'SageMakerPipelineParameters')).some(({ literal }) => literal === undefined || literal.includes('$'));
