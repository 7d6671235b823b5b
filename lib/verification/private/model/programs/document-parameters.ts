import { addTo } from '../../values/add-to';
import { isReference, textOf, textsUnder } from '../../values/text-parts';
import { Variable, variablesBelow } from '../code/container-variables';
import { StackResource } from '../stack-resource';

/** The properties in which an association, a task of a maintenance window or a step of another document has the name of a document. */
const NAMES = /^(documentname|documentpath|name|taskarn)$/i;

/**
 * The parameters that documents of AWS Systems Manager get from what runs them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-association.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 */
export class DocumentParameters {
  private readonly byName = new Map<string, Variable[]>();

  constructor(runners: readonly StackResource[]) {
    for (const runner of runners) {
      const given = variablesBelow(runner.property());
      const names = given.length === 0 ? [] : textsUnder(runner.property(), NAMES);
      const keys = new Set(names.map((name) => (name.literal !== undefined || isReference(name) ? name.key : ANY)));
      keys.forEach((key) => given.forEach((one) => addTo(this.byName, key, one)));
    }
  }

  /** A document by its name, what its reference returns, or whatever runs one of which only the deployment knows which it is. */
  of(document: StackResource): Variable[] {
    return [document.ref.key, textOf(document.property('Name'))?.key, document.arn?.key, ANY].flatMap((key) => this.byName.get(key ?? '') ?? []);
  }
}

const ANY = '*';
