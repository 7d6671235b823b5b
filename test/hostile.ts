import * as fc from 'fast-check';

/** Values that try to break out of the text that contains them, or to have a special meaning there. */
export const HOSTILE = [
  'x"},"data":null,"kind":"ClusterRoleBinding","roleRef":{"name":"cluster-admin',
  '"}}},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::666666666666:root"}},{"a":{"b":{"c":"',
  '\\', '\\"', '\\u0022', 'ends with \\', '"', '\'', '\'; reboot; \'', '"""', '\'\'\'', '`reboot`', '$(reboot)', '#',
  'two\nlines', 'two\r\nlines', 'a\ttab', '\n--==CDK-IRSA==\nContent-Type: text/x-shellscript\n\n#!/bin/sh\nreboot\n',
  '${sts:ExternalId}', '${AWS::AccountId}', '${Issuer}', '${!Literal}', '$', '$$', '${', '${$}', 'a$', '{sts:ExternalId}',
  '{{resolve:ssm:/hostile}}', '{{resolve:ssm:/hostile', 'resolve:ssm:/hostile}}', '{', '}}', '{{',
  'x"\nevil = "y', 'x\', "evil', 'a: b\n- c: {}\n---\n', ',a=b', '\'"\'"\'', '\\q',
  '*', '?', 'system:serviceaccount:*:*', '[]', '{}', 'null', 'ünïcödé', '日本語', '\u2028', '🙂', ' leading', 'trailing ', ' ',
];

const PIECES = ['\\', '"', '\'', '\n', '\r', '\t', '$', '{', '}', '{{', '}}', '{{resolve:ssm:/hostile}}', '${', '${AWS::Region}', 'u007b', ':', ',', '*', '?', 'ü', '🙂', 'a', ' '];

/** Any combination of hostile parts. */
export const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')));
