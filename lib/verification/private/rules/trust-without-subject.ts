import { Rule } from './rule';
import { conditionsOn, tokenStatements } from './token-statements';

export const TRUST_WITHOUT_SUBJECT: Rule = {
  id: 'trust-without-subject',
  severity: 'error',
  title: 'a trust policy admits every pod of a cluster',
  why: 'A trust policy that names the IAM OIDC provider of a cluster, and has no condition for the subject of the token, lets the pods of all service accounts of the '
    + 'cluster assume the role.',
  fix: 'Add a condition with StringEquals for <issuer>:sub, such as system:serviceaccount:reports:reader',
  violations: (assigned) => tokenStatements(assigned)
    .filter((token) => conditionsOn(token, 'sub').every(({ values }) => values.length > 0 && values.every(({ literal }) => literal === '*')))
    .map(({ role, statement }) => ({
      what: `the trust policy of role ${role.label} lets every pod of the cluster assume the role, because it has no condition for the subject`,
      place: statement.place ?? role.place,
    })),
};
