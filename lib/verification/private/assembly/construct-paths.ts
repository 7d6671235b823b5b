import { TemplateBody, isObject, scalarText } from './template';

/**
 * The paths of constructs by logical ID, from the metadata of a stack in the manifest. A logical ID that a nested stack has, too, has no path.
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema-readme.html
 */
export function constructPaths(metadata: unknown): Map<string, string> {
  const paths = new Map<string, string[]>();
  for (const [path, entries] of Object.entries(isObject(metadata) ? metadata : {})) {
    const logicalIds = [entries].flat().filter((entry) => entry?.type === 'aws:cdk:logicalId').map(({ data }) => scalarText(data));
    logicalIds.forEach((logicalId) => paths.set(logicalId, [...paths.get(logicalId) ?? [], path.replace(/^\//, '')]));
  }
  return new Map([...paths].filter(([, all]) => all.length === 1).map(([logicalId, [path]]) => [logicalId, path]));
}

/** The template with the paths of constructs, which the aws-cdk writes into templates only if its command line tool runs it. */
export function withConstructPaths(body: TemplateBody, paths: ReadonlyMap<string, string>): TemplateBody {
  const resources = Object.entries(body.Resources).map(([logicalId, resource]) => {
    const path = paths.get(logicalId);
    return [logicalId, path === undefined ? resource : { ...resource, Metadata: { 'aws:cdk:path': path, ...resource.Metadata } }];
  });
  return { ...body, Resources: Object.assign(Object.create(null), Object.fromEntries(resources)) };
}
