import cases from './decide-trust.cases.json';
import { Caller } from '../../../lib/verification/private/evaluation/caller';
import { decideTrust } from '../../../lib/verification/private/evaluation/decide-trust';
import { RequestContext } from '../../../lib/verification/private/evaluation/request';
import { SessionContext } from '../../../lib/verification/private/evaluation/session-context';
import { policyOf, text } from '../texts';

interface TrustCase {
  readonly title: string;
  readonly caller: string;
  readonly statements: unknown;
  readonly outcome: string;
  readonly because?: readonly string[];
  readonly missing?: readonly string[];
}

const ACCOUNT = '111122223333';
const SUBJECT = text('system:serviceaccount:default:reader');

const pod = (issuer: string) => ({
  action: 'sts:AssumeRoleWithWebIdentity',
  caller: { kind: 'Federated', names: [text(`arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`)] },
  context: SessionContext.webIdentity(text(issuer), SUBJECT, text('sts.amazonaws.com')),
} as const);

const CALLERS: Record<string, { action: string; caller: Caller; context: RequestContext }> = {
  'pod': pod('oidc.eks/id/1'),
  'symbolic pod': pod('<<Host|/:>>/id/<<Id|/:>>'),
  'pod identity': {
    action: 'sts:TagSession',
    caller: { kind: 'Service', names: [text('pods.eks.amazonaws.com')] },
    context: SessionContext.service({
      account: text(ACCOUNT),
      arn: text(`arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/c`),
      tags: new Map([['kubernetes-namespace', text('default')], ['kubernetes-service-account', text('reader')]]),
    }),
  },
  'role': {
    action: 'sts:AssumeRole',
    caller: { kind: 'AWS', names: [`arn:aws:iam::${ACCOUNT}:role/reader`, ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`].map(text) },
    context: SessionContext.chained({ role: { roleArn: text(`arn:aws:iam::${ACCOUNT}:role/reader`), account: text(ACCOUNT) }, roleTags: new Map() }, { externalId: text('secret'), choosesTags: true }),
  },
};

test.each(cases as TrustCase[])('$caller: $title: $outcome', ({ caller: name, statements, outcome, because, missing }) => {
  const { caller, action, context } = CALLERS[name];
  const trustPolicy = statements === null ? { name: 'trust policy', unknown: 'it is an import' } : policyOf(statements, 'trust policy');
  const decision = decideTrust(trustPolicy, caller, action, context);
  expect(decision).toMatchObject({ outcome, ...(missing && { missing }) });
  const details = decision.reasons.flatMap((reason) => (reason.because ?? []).flatMap((other) => (other.because ?? []).map(({ what }) => what)));
  expect(because ?? details).toEqual(details);
});
