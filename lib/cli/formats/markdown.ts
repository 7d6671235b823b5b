import { text } from './text';
import { diffMarkdown } from '../diff-markdown';
import { fenced } from '../fenced';
import { Report } from '../reports';
import { PLAIN } from '../style';

const TITLES = { access: 'Who can do what', answers: 'Who can do it' } as const;

/** Markdown for pull requests. What templates name is in blocks of code, where it is no Markdown. */
export const markdown = (report: Report): string => (report.report === 'diff'
  ? diffMarkdown(report, report.assumed)
  : `## ${TITLES[report.report]}\n\n${fenced('text', text(report, PLAIN).trimEnd())}\n`);
