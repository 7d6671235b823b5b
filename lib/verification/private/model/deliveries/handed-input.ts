import { Handed } from './handed';
import { handedToMachine } from './handed-to-machines';
import { handedToPipeline } from './handed-to-pipelines';
import { handedToSteps } from './handed-to-steps';
import { HandingOn } from './handing-on';
import { MACHINE } from './machine-requests';
import { StackResource } from '../stack-resource';

const READERS: { readonly [type: string]: (resource: StackResource, handing: HandingOn) => Handed | undefined } = {
  [MACHINE]: handedToMachine, 'AWS::CodePipeline::Pipeline': handedToPipeline, 'AWS::SageMaker::Pipeline': handedToSteps,
};

/** Who decides what a workflow does by what they give it, if it hands that on as what it runs. Undefined if it does not. */
export const handedBy = (workflow: StackResource, handing: HandingOn): Handed | undefined =>
  (Object.hasOwn(READERS, workflow.type) ? READERS[workflow.type](workflow, handing) : undefined);
