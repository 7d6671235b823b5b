import { addsOnlyRotation } from './rotation-applications';
import { Template, TemplateBody } from './template';
import { AccessPlace } from '../../access-reason';
import { Finding } from '../findings/finding';
import { nameOfPlace } from '../findings/gap';

/**
 * Transforms that do not change access, except for loops, which are separate findings, and for functions that rotate secrets, which are programs of the model.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-secretsmanager.html
 */
const HARMLESS = ['AWS::LanguageExtensions', 'AWS::SecretsManager-2020-07-23', 'AWS::SecretsManager-2024-09-16'];

/** It changes resources of its own types only. @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html */
const SERVERLESS = 'AWS::Serverless-2016-10-31';

const isHarmless = (transform: string, body: TemplateBody) => HARMLESS.includes(transform) || (transform === SERVERLESS && addsOnlyRotation(body));

/** The resources that a transform can change, without metadata, such as paths of assets. */
const resourcesFor = (transform: string, resources: TemplateBody['Resources']) => Object.entries(resources)
  .filter(([, { Type }]) => transform !== SERVERLESS || Type.startsWith('AWS::Serverless::'))
  .map(([logicalId, resource]) => [logicalId, { ...resource, Metadata: undefined }]);

/** A finding for each part of a template that only CloudFormation can read. */
export function unreadParts({ file, body, transforms, loops }: Template, hasTemplate: (logicalId: string) => boolean): Finding[] {
  return [
    ...transforms.filter((name) => !isHarmless(name, body)).map((name) => ({
      id: 'transform',
      message: `${file} has the transform ${name}, which can change it at deployment. What it adds or changes is not read.`,
      content: JSON.stringify([{ ...body, Resources: resourcesFor(name, body.Resources) }, loops]),
      gap: { at: file, scope: 'everything' as const },
    })),
    ...Object.entries(loops).map(([logicalId, loop]) => unreadResource({
      id: 'unread-resources', message: `${logicalId} of ${file} makes resources at deployment, which are not read.`, content: JSON.stringify(loop),
    }, { template: file, logicalId })),
    ...Object.entries(body.Resources).filter(([, resource]) => 'Fn::Transform' in resource).map(([logicalId]) => unreadResource({
      id: 'transform', message: `${logicalId} of ${file} has a transform, which can change it at deployment. What it adds or changes is not read.`,
    }, { template: file, logicalId })),
    ...Object.entries(body.Resources).filter(([logicalId, { Type }]) => Type === 'AWS::CloudFormation::Stack' && !hasTemplate(logicalId)).map(([logicalId]) => unreadResource({
      id: 'unread-nested-stack', message: `The template of the nested stack ${logicalId} of ${file} is not in the assembly, so its resources are not read.`,
    }, { template: file, logicalId })),
  ];
}

const unreadResource = (finding: Finding, place: AccessPlace): Finding =>
  ({ ...finding, place, gap: { at: nameOfPlace(place), scope: 'everything' } });
