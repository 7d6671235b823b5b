import { Template } from '../assembly/template';

/** A resource of the templates that a question names by its construct or its logical ID, because only the deployment knows its ARN. */
export interface NamedResource {
  readonly template: Template;
  readonly logicalId: string;
  /** What follows the ARN of the resource, such as `/*` for the objects of a bucket. */
  readonly part: string;
}
