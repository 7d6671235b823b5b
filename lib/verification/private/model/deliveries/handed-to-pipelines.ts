import { Handed } from './handed';
import { HandingOn } from './handing-on';
import { objectOf } from '../../values/json-text';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { isSet, isText, literalOf, textsIn } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { CodeWrite } from '../code/code-write';
import { StackResource } from '../stack-resource';

/** Providers whose configuration is only data. */
const OF_DATA = ['Lambda', 'Manual'];

/** What gives output variables to actions that are not of AWS, or of a function. They have no resource that is known. */
const RESULTS: CodeWrite[] = ['codepipeline:PutJobSuccessResult', 'codepipeline:PutThirdPartyJobSuccessResult'].map((action) => ({ action, arn: ANY_RESOURCE }));

/**
 * Who decides what a pipeline does by its variables, by those of actions that others do, or by another revision of a source. The repositories of connections have the
 * commits of those who propose changes, too. Those of AWS CodeCommit and images are only of those who push.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-overrides.html
 */
export function handedToPipeline(pipeline: StackResource, handing: HandingOn): Handed | undefined {
  const actions = listOf(pipeline.property('Stages')).flatMap((stage) => listOf(valueAt(objectOf(stage), 'Actions'))).map(objectOf);
  const texts = actions.filter((action) => !OF_DATA.some((provider) => isOf(action, 'Provider', provider))).flatMap(textsIn);
  const uses = (namespace: string) => texts.some((text) => text.parts.some((part) => typeof part === 'string' && part.includes(`#{${namespace}.`)));
  const isStarted = uses('variables') || actions.some(isOverridden);
  const ofOthers = actions.filter((action) => !isOf(action, 'Owner', 'AWS') || isOf(action, 'Provider', 'Lambda')).map((action) => valueAt(action, 'Namespace'));
  const code = [
    ...(isStarted ? [{ action: 'codepipeline:StartPipelineExecution', arn: pipeline.arn ?? ANY_RESOURCE }] : []),
    ...(ofOthers.some((namespace) => namespace !== undefined && uses(literalOf(namespace) ?? '')) ? RESULTS : []),
  ];
  return code.length === 0 ? undefined : { code, ...isStarted && { fedBy: handing.handersTo(pipeline.arn ?? pipeline.attribute('Arn')) } };
}

const isOf = (action: Resolved, property: string, name: string): boolean => isText(valueAt(action, 'ActionTypeId', property), name) === 'yes';

/** Whether who starts a pipeline might choose something else as the source than those who write to it. */
const isOverridden = (action: Resolved): boolean => isOf(action, 'Provider', 'CodeStarSourceConnection')
  || (isOf(action, 'Provider', 'S3') && isSet(valueAt(objectOf(valueAt(action, 'Configuration')), 'AllowOverrideForS3ObjectKey')) !== 'no');
