import { admits, ANY_POD } from './admitted-tokens';
import { Rule } from './rule';
import { conditionsOn, tokenStatements } from './token-statements';

export const TRUST_WITHOUT_SUBJECT: Rule = {
  id: 'trust-without-subject',
  severity: 'error',
  title: 'a trust policy admits every pod of a cluster',
  why: 'A trust policy that names the IAM OIDC provider of a cluster, and does not limit the subject of the token, lets the pods of all service accounts of the '
    + 'cluster assume the role.',
  fix: 'Add a condition with StringEquals for <issuer>:sub, such as system:serviceaccount:reports:reader',
  violations: (assigned) => tokenStatements(assigned).filter((token) => admits(token, ANY_POD)).map((token) => ({
    what: `the trust policy of role ${token.role.label} lets every pod of the cluster assume the role, because `
      + `${conditionsOn(token, 'sub').length === 0 ? 'it has no condition for the subject' : 'its condition for the subject admits all of them'}`,
    place: token.statement.place ?? token.role.place,
  })),
};
