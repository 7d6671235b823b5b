import { Template } from './template';
import { Finding } from '../findings/finding';

/** Transforms that do not change access, except for loops, which are separate findings. */
const HARMLESS = ['AWS::LanguageExtensions'];

/** A finding for each part of a template that only CloudFormation can read. */
export function unreadParts({ file, body, transforms, loops }: Template, hasTemplate: (logicalId: string) => boolean): Finding[] {
  return [
    ...transforms.filter((name) => !HARMLESS.includes(name)).map((name) => ({
      id: 'transform',
      message: `${file} has the transform ${name}, which can change it at deployment. What it adds or changes is not read.`,
      content: JSON.stringify([body, loops]),
    })),
    ...Object.entries(loops).map(([logicalId, loop]) => ({
      id: 'unread-resources',
      message: `${logicalId} of ${file} makes resources at deployment, which are not read.`,
      content: JSON.stringify(loop),
      place: { template: file, logicalId },
    })),
    ...Object.entries(body.Resources).filter(([, resource]) => 'Fn::Transform' in resource).map(([logicalId]) => ({
      id: 'transform',
      message: `${logicalId} of ${file} has a transform, which can change it at deployment. What it adds or changes is not read.`,
      place: { template: file, logicalId },
    })),
    ...Object.entries(body.Resources).filter(([logicalId, { Type }]) => Type === 'AWS::CloudFormation::Stack' && !hasTemplate(logicalId)).map(([logicalId]) => ({
      id: 'unread-nested-stack',
      message: `The template of the nested stack ${logicalId} of ${file} is not in the assembly, so its resources are not read.`,
      place: { template: file, logicalId },
    })),
  ];
}
