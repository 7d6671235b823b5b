import { AssignedModel } from './assigned-model';
import { separatorsOf } from './resource-index';
import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';
import { NamedResource } from '../questions/named-resource';
import { available, misspelled } from '../questions/nearest';

interface Candidate extends NamedResource { readonly hasArn: boolean }

/**
 * The resource that a question names by its logical ID or the path of its construct, and the part of it that follows, such as `/*`.
 *
 * @throws if there is no such resource, if there are several, or if the ARN of the resource is not known.
 */
export function findNamedResource(asked: string, { templates }: Assembly, { reading: { resolver } }: AssignedModel): NamedResource {
  const arnOf = (template: Template, logicalId: string) => resolver.arnOf(template, logicalId);
  const found = templates.flatMap((template) => Object.keys(template.body.Resources).flatMap((logicalId) =>
    beginningsOf(asked, template, logicalId).flatMap((name): Candidate[] => {
      const [arn, part] = [arnOf(template, logicalId), asked.slice(name.length)];
      return part === '' || (arn && separatorsOf(arn).includes(part[0])) ? [{ template, logicalId, part, hasArn: arn !== undefined }] : [];
    })));
  const [named, ...others] = found.filter(({ hasArn }) => hasArn);
  if (!named) {
    const all = templates.flatMap((template) =>
      Object.keys(template.body.Resources).filter((logicalId) => arnOf(template, logicalId)).map((logicalId) => nameOf(template, logicalId)));
    throw new Error(found.length > 0
      ? `the ARN of ${asked}, of type ${typeOf(found[0])}, is not known: ask with its ARN, or omit the resource`
      : `${asked} is neither an ARN, nor the path of a construct or the logical ID of a resource: ${suggestion(asked, all)}`);
  }
  if (others.length > 0) {
    const names = [...new Set([named, ...others].map(({ template, logicalId, part }) => `${template.file}/${logicalId}${part}`))];
    throw new Error(names.length > 1
      ? `${asked} can be ${names.join(' or ')}: use one of these`
      : `${asked} can be of several nested stacks, which are made of the template ${named.template.file}: ask in a unit test with PodAccess`);
  }
  return named;
}

/** What someone may have meant, also with the part of it, or else all names. */
function suggestion(asked: string, names: readonly string[]): string {
  const [, name, part] = /^(.*?)((?:[/:]\*)?)$/s.exec(asked)!;
  const near = misspelled(name, names);
  return near ? `did you mean ${near}${part}?` : available(asked, names);
}

/** The names of a resource with which a text begins. Constructs of aws-cdk have the resource that they create below them, as `Resource` or `Default`. */
function beginningsOf(asked: string, template: Template, logicalId: string): string[] {
  const path = constructPath(template, logicalId);
  const names = new Set([logicalId, `${template.file}/${logicalId}`, ...(path === undefined ? [] : [path, path.replace(OWN, ''), shortPath(path)])]);
  const found = [...names].filter((name) => name === asked || (asked.startsWith(name) && /[/:]/.test(asked[name.length])));
  return found.sort((one, other) => other.length - one.length).slice(0, 1);
}

/** A short name for messages. */
function nameOf(template: Template, logicalId: string): string {
  const path = constructPath(template, logicalId);
  return path === undefined ? logicalId : shortPath(path);
}

const OWN = /\/(Resource|Default)$/;

const shortPath = (path: string): string => (OWN.test(path) ? shortPath(path.replace(OWN, '')) : path);

function constructPath(template: Template, logicalId: string): string | undefined {
  const path: unknown = template.body.Resources[logicalId].Metadata?.['aws:cdk:path'];
  return typeof path === 'string' && path !== '' ? path : undefined;
}

const typeOf = ({ template, logicalId }: Candidate) => template.body.Resources[logicalId].Type;
