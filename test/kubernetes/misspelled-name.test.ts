import { isMisspelling } from '../../lib/kubernetes/private/misspelled-name';

test.each([
  ['raeder', 'reader'],
  ['reder', 'reader'],
  ['reeader', 'reader'],
  ['reeder', 'reader'],
  ['readers', 'reader'],
  ['report-raeder', 'report-reader'],
  ['reoprt.reader-1', 'report.reader-1'],
  ['reportreader', 'report-reader'],
  ['report.reader', 'report-reader'],
])('%s may be a misspelling of %s', (written, meant) => {
  expect(isMisspelling(written, meant)).toBe(true);
});

test.each([
  ['reader', 'reader'],
  ['reader-1', 'reader-2'],
  ['reader1', 'reader2'],
  ['reader1', 'reader'],
  ['reader-1', 'reader'],
  ['raeder-1', 'reader-2'],
  ['app1-1', 'app11'],
  ['team-a', 'team-b'],
  ['team-a', 'team'],
  ['workera', 'workerb'],
  ['app-eu', 'app-us'],
  ['web', 'wet'],
  ['jobs', 'job'],
  ['blue-api', 'glue-api'],
  ['leader', 'reader'],
  ['header', 'reader'],
  ['writer', 'reader'],
  ['reader-dev', 'reader-prod'],
  ['dev-reader', 'prod-reader'],
  ['east-worker', 'west-worker'],
  ['raeder-wroker', 'reader-worker'],
])('%s differs from %s on purpose', (written, meant) => {
  expect(isMisspelling(written, meant)).toBe(false);
});
