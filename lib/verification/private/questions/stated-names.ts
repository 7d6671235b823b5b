import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';

/** What a name stands for that is stated for one template, or for all. */
export interface StatedName {
  /** Undefined if it is stated for all templates. */
  readonly template?: Template;
  readonly name: string;
}

/** The parts of a name such as `Dev.template.json/Cluster.Arn`. */
export function statedName(name: string, { templates }: Assembly): StatedName {
  const [template] = templates.filter(({ id }) => name.startsWith(`${id}/`))
    .sort((one, other) => other.id.length - one.id.length); // the ID of a nested stack starts with that of its parent
  return template ? { template, name: name.slice(template.id.length + 1) } : { name };
}
