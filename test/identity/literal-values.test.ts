import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, given, newStack, parameter, prod, reading, SUBJECTS } from './given-values';
import { PodCredentials, ServiceAccountRole } from '../../lib';
import { deployed, deployedTrust } from '../deployed';
import { judge } from '../local-aws/judge';
import { describeWithPython } from '../local-aws/python-program';
import { AccessCase, TrustCase } from '../verification/second-opinion/cases';
import { ours } from '../verification/second-opinion/ours';

/** Values that would have a meaning in a policy. */
const HOSTILE = ['*', '?oreign', 'f*', '${aws:PrincipalTag/team}', '${aws:PrincipalTag/none, \'foreign\'}', '*"', '${sts:ExternalId}'];

/** The decisions of both evaluators, one after the other. Without Python, only that of lib/verification. */
const decisions = async (cases: (AccessCase | TrustCase)[], withPython: boolean): Promise<unknown[]> =>
  [...new Set([...cases.map((one) => ours(one).outcome), ...(withPython ? await judge(cases) : []).map(({ decision, error }) => decision ?? error)])];

const EVALUATORS: ReadonlyArray<[string, boolean, jest.Describe]> = [['lib/verification', false, describe], ['both evaluators', true, describeWithPython]];

for (const [name, withPython, describeWith] of EVALUATORS) {
  describeWith(`according to ${name}, a value of the deployment`, () => {
    const stack = newStack();
    const value = parameter(stack);
    const prefixes = { StringLike: { 's3:prefix': `${value}/*` }, StringNotEquals: { 'aws:PrincipalTag/x': value } };
    const statements = [
      reading(`arn:aws:s3:::reports/${value}/*`, `arn:aws:s3:::reports/static/\${aws:PrincipalTag/team}/${value}`),
      new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'], conditions: prefixes }),
    ];
    const sessionPolicy = new iam.PolicyDocument({ statements });
    const role = new ServiceAccountRole(stack, 'Role', {
      cluster: prod(stack), subjects: SUBJECTS, podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }),
    });
    role.addTrustPolicyStatements(new iam.PolicyStatement({
      actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal('210987654321')], conditions: { StringLike: { 'sts:ExternalId': value } },
    }));

    const [{ Properties: { Policy } }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::EKS::PodIdentityAssociation'));
    const allowAll = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const inSession = (parameterValue: string, action: string, resource: string, context = {}): AccessCase => ({
      kind: 'access',
      identityPolicies: [allowAll],
      boundaries: null,
      sessionPolicies: [JSON.parse(deployed(stack, Policy, given(parameterValue)))],
      resourcePolicy: null,
      resourceAccount: ACCOUNT,
      action,
      resource,
      context: { 'aws:PrincipalTag/team': 'foreign', ...context },
      principal: { arn: `arn:aws:iam::${ACCOUNT}:role/r`, sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`, account: ACCOUNT },
    });
    const withExternalId = (parameterValue: string, externalId: string): TrustCase => ({
      kind: 'trust',
      policy: deployedTrust(stack, given(parameterValue)),
      action: 'sts:AssumeRole',
      principals: { AWS: 'arn:aws:iam::210987654321:root' },
      context: { 'sts:ExternalId': externalId, 'aws:PrincipalTag/team': 'foreign' },
    });

    test('is literal in resources of a session policy', async () => {
      const named = (value_: string, name_: string) => [
        inSession(value_, 's3:GetObject', `arn:aws:s3:::reports/${name_}/1`), inSession(value_, 's3:GetObject', `arn:aws:s3:::reports/static/foreign/${name_}`),
      ];
      expect(await decisions(HOSTILE.flatMap((hostile) => named(hostile, 'foreign')), withPython)).toEqual(['DENIED']);
      expect(await decisions(HOSTILE.flatMap((hostile) => named(hostile, hostile)), withPython)).toEqual(['ALLOWED']);
    });

    test('is literal in conditions of a session policy', async () => {
      const listing = (value_: string, prefix: string) => inSession(value_, 's3:ListBucket', 'arn:aws:s3:::reports', { 's3:prefix': prefix });
      expect(await decisions(HOSTILE.map((hostile) => listing(hostile, 'foreign/1')), withPython)).toEqual(['DENIED']);
      expect(await decisions(HOSTILE.map((hostile) => listing(hostile, `${hostile}/1`)), withPython)).toEqual(['ALLOWED']);
    });

    test('is literal in conditions of a trust policy', async () => {
      expect(await decisions(HOSTILE.map((hostile) => withExternalId(hostile, 'foreign')), withPython)).toEqual(['DENIED']);
      expect(await decisions(HOSTILE.map((hostile) => withExternalId(hostile, hostile)), withPython)).toEqual(['ALLOWED']);
    });
  });
}
