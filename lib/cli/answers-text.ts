import { concerningLines, footerLines, textOf, whoText } from './report-lines';
import { AnswersReport } from './reports';
import { paint, Style, wrapped } from './style';
import { AccessOutcome } from '../verification/access-outcome';

/** A line for each principal. What UNKNOWN depends on follows, each cause once. */
export function answersText({ action, resource, arn, assumed, asked, clusters, answers }: AnswersReport, style: Style): string {
  const hasSeveral = clusters.length > 1;
  const unknown = answers.filter(({ outcome }) => outcome === AccessOutcome.UNKNOWN);
  const said = unknown.map((answer) => ({ who: whoText(answer, hasSeveral), sentences: answer.missing }));
  const limits = resource === undefined ? ' A resource outside the templates can have a policy of its own that allows it: ask with its ARN.' : '';
  const request = resource === undefined ? action : `${action} on ${resource}`;
  const nobody = asked === 0 ? NOBODY_ASKED : `None of the pods and nodes in the templates, and nobody else whom their roles trust, can do ${request}.${limits}`;
  return textOf([
    ...(arn === undefined ? [] : [...wrapped(`${resource} is ${arn}`, style), '']),
    ...(answers.length === 0 ? wrapped(nobody, style, 0, 2) : []),
    ...answers.flatMap((answer) => wrapped(`${answer.outcome}  ${whoText(answer, hasSeveral)}`, style).map((line) => paint(COLORS[answer.outcome], line, style))),
    '',
    ...concerningLines((whom) => `UNKNOWN for ${whom} depends on:`, said, style),
    ...(answers.length === 0 ? [] : wrapped(LISTED, style, 0, 2)),
    ...footerLines(assumed, style),
  ]);
}

const NOBODY_ASKED = 'There are no service accounts, workloads or nodegroups in the templates, and so the question is about nobody. Is this the assembly of the right app?';

const LISTED = 'Only pods, nodes and whoever their roles trust are listed. '
  + 'To find others, such as functions, users and other accounts, use assertOnly in a test.';

const COLORS = { ALLOWED: 'bold', UNKNOWN: 'yellow', DENIED: 'bold' } as const;
