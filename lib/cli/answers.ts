import { forCommand } from './assumptions';
import { Question, questionOf } from './question';
import { clustersOf } from './report-lines';
import { Answer, AnswersReport } from './reports';
import { AccessAssumptions } from '../verification/access-assumptions';
import { AccessOutcome } from '../verification/access-outcome';
import { isArn } from '../verification/internal/is-arn';
import { PodAccess } from '../verification/pod-access';
import { PrincipalAccess } from '../verification/principal-access';

/** The options of a question. */
export interface QuestionOptions {
  readonly can?: string[];
  readonly undocumentedAction?: boolean;
}

/** A question with all that belongs to it. */
export interface Asked {
  readonly question: Question;
  readonly undocumentedAction?: boolean;
}

/** What the options ask; undefined if they ask nothing. */
export const askedOf = ({ can, undocumentedAction }: QuestionOptions): Asked | undefined =>
  can && { question: questionOf(can[0]), undocumentedAction };

/** The principals that can do something, and those that might, because the templates do not show it. */
export function answersReport(
  access: PodAccess, principals: readonly PrincipalAccess[], asked: Asked, { resourcesWithoutPolicy = [] }: AccessAssumptions,
): AnswersReport {
  const { question, undocumentedAction } = asked;
  const { action, resource } = question;
  const found = resource === undefined || isArn(resource) ? undefined : access._internal.resource(resource);
  const decide = (principal: PrincipalAccess) => (found
    ? principal._decideOn(found.named, action, { undocumentedAction })
    : principal.decide(action, { resource, undocumentedAction }));
  const answers = principals.map((principal): Answer => {
    const { outcome, outcomeByDefault, missing } = decide(principal);
    return { cluster: principal.row.cluster, who: principal.name, outcome, outcomeByDefault, missing: missing.map(forCommand) };
  });
  return {
    report: 'answers',
    ...question,
    ...(found && { arn: found.arn }),
    resourcesWithoutPolicy,
    assumed: access._internal.assumed,
    asked: answers.length,
    clusters: clustersOf(answers),
    answers: answers.filter(({ outcome }) => outcome !== AccessOutcome.DENIED),
  };
}
