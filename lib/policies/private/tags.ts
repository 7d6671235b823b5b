import * as iam from 'aws-cdk-lib/aws-iam';

/** A condition: the resource has the tags with these values. */
export const resourceTags = (tags: { [key: string]: string }): iam.Conditions => ({ StringEquals: prefixed('aws:ResourceTag', tags) });

/** A condition: the request sets the tags to these values. */
export const requestTags = (tags: { [key: string]: string }): iam.Conditions => ({ StringEquals: prefixed('aws:RequestTag', tags) });

/**
 * A condition: the request sets or removes tags, but none with this key, whatever its case. A request to delete tags that names none deletes all of them.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html
 */
export const otherTagsThan = (key: string): iam.Conditions => ({
  'ForAllValues:StringNotEqualsIgnoreCase': { 'aws:TagKeys': key },
  'Null': { 'aws:TagKeys': 'false' },
});

const prefixed = (prefix: string, tags: { [key: string]: string }) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));
