import { ProgramTexts } from './program-texts';
import { projectsOf, writesOfSources } from './sources';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { derived, isReference, textOf } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { handedToPipeline } from '../deliveries/handed-to-pipelines';
import { HandingOn } from '../deliveries/handing-on';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A pipeline that runs builds of its sources. */
export interface Pipeline {
  readonly pipeline: StackResource;
  readonly projects: readonly Text[];
  readonly code: readonly CodeWrite[];
}

export const readPipelines = (resources: StackResources, texts: ProgramTexts, handing: HandingOn): Pipeline[] => resources.ofType('AWS::CodePipeline::Pipeline')
  .map((pipeline) => {
    const handed = handedToPipeline(pipeline, handing)?.code ?? [];
    return { pipeline, projects: projectsOf(pipeline), code: [...writesOfSources(pipeline), ...texts.writesOf(pipeline), ...handed] };
  });

/** Whether a pipeline runs a project. A name that only the deployment knows can be that of any. */
export const runs = ({ projects }: Pipeline, project: StackResource): boolean => projects.some((name) =>
  isNameOf(name, project) || (name.literal === undefined && !isReference(name)));

const isNameOf = (name: Text, project: StackResource): boolean =>
  [project.ref, textOf(project.property('Name'))].some((known) => known && equal(known, name) === 'yes');

/** The builds of projects outside the templates: who decides what the pipeline hands to them decides what they do with their roles. */
export function buildsElsewhere(pipelines: readonly Pipeline[], resources: StackResources): Program[] {
  const own = resources.ofType('AWS::CodeBuild::Project');
  const isElsewhere = (name: Text) => !isReference(name) && !own.some((project) => isNameOf(name, project));
  return pipelines.flatMap(({ pipeline, projects, code }) => projects.filter(isElsewhere)
    .map((name) => ({ arns: [], startedBy: [], takeovers: [], code, roleArn: derived(name, 'role of the project'), place: pipeline.place() })));
}
