import * as fc from 'fast-check';

/** Values of which each would end a quoted string, a line, a part, or a variable, if it were pasted into a text. */
export const HOSTILE: string[] = [
  'it\'s "quoted" with \\ and \\\\ and \\n',
  'two\nlines,\r\nand\ta tab',
  'x"},"apiVersion":"v1","more":{"a":"b',
  'x"\nevil = "y',
  'x\', "evil',
  '\'; touch /tmp/owned; \'',
  '$(touch /tmp/owned) `touch /tmp/owned` $HOME ${HOME}',
  '${AWS::Region} ${!x} ${Other} $$ ${',
  '{{resolve:ssm:/secret}} and {{resolve:',
  '{resolve:ssm:/secret}}',
  '\'\'\' """ \'"\'"\'',
  'a: b\n- c: {}\n---\n',
  'x\n--==CDK-IRSA==\nContent-Type: text/x-shellscript; charset="us-ascii"\n\n#!/bin/bash\ntouch /tmp/owned\n--==CDK-IRSA==--\n',
  'naïve ☃ 😀 \u2028 \u00A0',
  '\\u0022, \\u007b and \\q',
  'ends with \\',
  '"',
  '*',
  '#',
  ',a=b',
];

/** Texts of what those consist of. */
export const anyText = fc.array(fc.constantFrom(...'\'"\\${}!#,=: \n\r\tan☃', '${', '{{', 'resolve:', '--==CDK-IRSA==', '\\u007b')).map((pieces) => pieces.join(''));
