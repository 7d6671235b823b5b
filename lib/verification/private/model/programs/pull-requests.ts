import { listOf, Resolved, valueAt } from '../../values/resolved';
import { isText, literalOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** The events of pull requests that nobody has accepted yet. */
const OPEN_EVENTS = /PULL_REQUEST_(CREATED|REOPENED|UPDATED)/;

/**
 * Whether a build runs the code of pull requests before a member of the team has seen it. That is so only if its policy is disabled. Otherwise, it runs the pull
 * requests of members, who can push as well.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/pull-request-build-policy.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-webhookfilter.html
 */
export function runsPullRequests(project: StackResource): boolean {
  const triggers = project.property('Triggers');
  const isDisabled = isText(valueAt(triggers, 'PullRequestBuildPolicy', 'RequiresCommentApproval'), 'DISABLED') !== 'no';
  const groups = listOf(valueAt(triggers, 'FilterGroups')).map(listOf);
  return isDisabled && isText(valueAt(triggers, 'Webhook'), 'false') === 'no' && (groups.length === 0 || groups.some(letsInEveryone));
}

/** The filters of a group must all match. */
const letsInEveryone = (filters: readonly Resolved[]): boolean => filters.some(isOfOpenEvents) && !filters.some(namesMembers);

const isOfOpenEvents = (filter: Resolved): boolean =>
  isText(valueAt(filter, 'Type'), 'EVENT') !== 'no' && OPEN_EVENTS.test(literalOf(valueAt(filter, 'Pattern')) ?? 'PULL_REQUEST_CREATED');

const namesMembers = (filter: Resolved): boolean =>
  isText(valueAt(filter, 'Type'), 'ACTOR_ACCOUNT_ID') === 'yes' && isText(valueAt(filter, 'ExcludeMatchedPattern'), 'true') === 'no';
