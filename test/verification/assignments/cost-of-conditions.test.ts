import { conditionalApp } from './conditional-app';
import { verification } from '../../../lib';
import { SessionContext } from '../../../lib/verification/private/evaluation/session-context';
import * as candidates from '../../../lib/verification/private/policies/candidate-resources';
import * as statements from '../../../lib/verification/private/policies/parse-statement';
import * as requests from '../../../lib/verification/private/reach/may-request';
import { TemplateScope } from '../../../lib/verification/private/resolution/template-scope';
import * as json from '../../../lib/verification/private/values/json-text';
import * as patterns from '../../../lib/verification/private/values/pattern';
import * as texts from '../../../lib/verification/private/values/text-parts';

const ACCOUNTS = 40;

/** How often something is done to read templates, to decide about one account, and to make the access table. */
function counts(hasConditions: boolean) {
  const counted = {
    resolvedValues: jest.spyOn(TemplateScope.prototype as unknown as { resolveData(): unknown }, 'resolveData'),
    parsedStatements: jest.spyOn(statements, 'parseStatement'),
    parsedTexts: jest.spyOn(json, 'parseJson'),
    decidedRequests: jest.spyOn(SessionContext, 'ofRole'),
    decidedTokens: jest.spyOn(SessionContext, 'webIdentity'),
    askedPolicies: jest.spyOn(candidates, 'candidateResources'),
    askedRequests: jest.spyOn(requests, 'requestable'),
    comparedTexts: jest.spyOn(patterns, 'equal'),
    readTexts: jest.spyOn(texts, 'textOf'),
  };
  const access = verification.PodAccess.fromTemplates(conditionalApp(ACCOUNTS, hasConditions));
  access.pod({ serviceAccountName: 'account-30' }).assertDenied('s3:PutObject');
  access.principals.forEach(({ row }) => row);
  const result = Object.fromEntries(Object.entries(counted).map(([name, spy]) => [name, spy.mock.calls.length]));
  jest.restoreAllMocks();
  return result;
}

const [without, withConditions] = [counts(false), counts(true)];

test.each(Object.keys(without))('six conditions at most double the number of %s', (name) => {
  expect(without[name]).toBeGreaterThanOrEqual(ACCOUNTS);
  expect(withConditions[name]).toBeLessThanOrEqual(2 * without[name]);
});
