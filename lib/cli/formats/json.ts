import { escapedJson } from '../../verification/internal/printable';
import { Report } from '../reports';

/** The version of the schema: `schemas/access-1.json`. A report can get further properties without a new version. */
const VERSION = 1;

/** JSON for programs. */
export const json = (report: Report): string => escapedJson({ version: VERSION, ...report });
