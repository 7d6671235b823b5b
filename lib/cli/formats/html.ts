import { Subject } from './subject';
import { pageHtml } from '../../page/page-html';
import { Report } from '../reports';
import { Style } from '../style';

/** A page that shows who can do what, or who gained and who lost what. */
export const html = (_report: Report, _style: Style, { graph }: Subject): string => pageHtml(graph());
