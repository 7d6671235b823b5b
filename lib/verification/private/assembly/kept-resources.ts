import { Assembly } from './assembly';
import { AccessPlace } from '../../access-reason';

/** With these, CloudFormation deletes a resource that leaves its template. Without a policy, it does so, too. */
const DELETING = ['Delete', 'Snapshot'];

/**
 * The resources of an assembly, and whether each may stay where it leaves its template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export const keptResources = ({ templates }: Assembly): ReadonlyMap<string, boolean> => new Map(templates.flatMap(({ file, body }) =>
  Object.entries(body.Resources).map(([logicalId, { DeletionPolicy: policy }]): [string, boolean] =>
    [resourceKey({ template: file, logicalId }), policy !== undefined && !DELETING.includes(policy)])));

/** Identifies the resource of a place in an assembly. */
export const resourceKey = ({ template, logicalId }: Pick<AccessPlace, 'template' | 'logicalId'>): string => `${template} ${logicalId}`;
