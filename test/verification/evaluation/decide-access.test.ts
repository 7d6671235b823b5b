import { AccessCase, decide } from './access-cases';
import cases from './decide-access.cases.json';
import documented from './documented.cases.json';

test.each(cases as AccessCase[])('$title: $outcome', ({ outcome, reasons, missing, ...given }) => {
  const decision = decide({ outcome, ...given });
  expect(decision).toMatchObject({ outcome, ...(missing && { missing }) });
  expect(reasons ?? decision.reasons.map(({ what }) => what)).toEqual(decision.reasons.map(({ what }) => what));
});

test.each(documented as AccessCase[])('$title, as in $url: $outcome', (given) => {
  expect(decide(given).outcome).toBe(given.outcome);
});

test('says why statements about the action did not match, and where they are', () => {
  const { reasons } = decide({
    title: '',
    outcome: 'DENIED',
    identity: [
      { Sid: 'Bucket', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } },
      { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
    ],
    roleTags: { team: 'blue' },
    request: ['s3:GetObject', 'arn:aws:s3:::b/k'],
  });
  expect(reasons).toEqual([{
    what: 'no policy of the role allows s3:GetObject on arn:aws:s3:::b/k',
    because: [{
      what: 'Allow s3:GetObject on arn:aws:s3:::b/* in identity policy (Bucket)',
      place: { template: 'Stack', logicalId: 'Policy', path: 'Properties.PolicyDocument.Statement[0]' },
      because: [{ what: 'condition StringEquals aws:PrincipalTag/team: "blue" is not "red"' }],
    }],
  }]);
});
