import { typesWith } from '../../resource-types/declarations';
import { equal } from '../../values/pattern';
import { textOf } from '../../values/text-parts';
import { Program } from '../model';
import { StackResource, StackResources } from '../stack-resources';

const FUNCTION = 'AWS::Lambda::Function';

/** The types of resources that run code with a role of their own. */
const PROGRAMS = new Map(typesWith('program'));

/** What runs code with a role of its own or, as versions of functions, with that of another resource. */
export function readPrograms(resources: StackResources): Program[] {
  const programs = [...PROGRAMS.keys()].flatMap((type) => resources.ofType(type).map((resource) => programOf(resource, resource)));
  const versions = resources.ofType('AWS::Lambda::Version').flatMap((version) => {
    const name = textOf(version.property('FunctionName'));
    const own = resources.ofType(FUNCTION).find(({ ref, arn }) => name && [ref, arn].some((known) => known && equal(known, name) === 'yes'));
    return own ? [programOf(version, own)] : [];
  });
  return [...programs, ...versions];
}

/** @param own what has the role. */
function programOf(resource: StackResource, own: StackResource): Program {
  const { role, actions } = PROGRAMS.get(own.type)!;
  const roleArn = textOf(own.property(role));
  return { arns: [resource.arn ?? resource.attribute('Arn'), resource.ref], actions, ...roleArn && { roleArn } };
}
