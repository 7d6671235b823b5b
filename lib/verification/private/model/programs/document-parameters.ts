import { GivenByName } from './given-by-name';
import { textsUnder } from '../../values/text-parts';
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
export function parametersOfDocuments(runners: readonly StackResource[]): GivenByName<Variable> {
  const parameters = new GivenByName<Variable>();
  for (const runner of runners) {
    const given = variablesBelow(runner.property());
    const names = given.length === 0 ? [] : textsUnder(runner.property(), NAMES);
    parameters.add(names, names.length === 0 ? [] : given);
  }
  return parameters;
}
