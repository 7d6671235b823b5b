import { Policy } from '../../policies/policy';
import { listOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** The type of an action that AWS Budgets takes when a budget is exceeded. */
export const BUDGETS_ACTION = 'AWS::Budgets::BudgetsAction';

const DEFINITION = ['Definition', 'IamActionDefinition'];

/** The names of the roles, users or groups to which an action attaches its policy. They can have a path. */
export const namesOfAction = (action: StackResource, property: string): Text[] =>
  listOf(action.property(...DEFINITION, property)).flatMap((name) => textOf(name) ?? [])
    .map((name) => (name.literal === undefined ? name : Text.of(name.literal.slice(name.literal.lastIndexOf('/') + 1))));

/**
 * The policy that an action attaches. It is not known, because no template shows whether the budget is exceeded.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-budgets-budgetsaction-iamactiondefinition.html
 */
export const policyOfAction = (action: StackResource): Policy => ({
  name: `managed policy of ${action.logicalId}`,
  place: action.place('Properties.Definition'),
  arn: textOf(action.property(...DEFINITION, 'PolicyArn')),
  unknown: `AWS Budgets attaches it when the budget of ${action.logicalId} is exceeded`,
  unread: action.property('Definition'),
});
