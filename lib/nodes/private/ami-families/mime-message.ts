import { Fn, Token } from 'aws-cdk-lib';

/** Constant, so that an unchanged nodegroup does not change. No line of base64 can equal it. */
const BOUNDARY = '==CDK-IRSA==';
/** @see https://www.rfc-editor.org/rfc/rfc2045#section-6.8 */
const LINES = /.{1,76}/g;

export interface MimePart {
  readonly contentType: string;
  /** Can contain tokens. */
  readonly body: string;
}

/**
 * A MIME multi-part message. Every body is base64-encoded, so that nothing in a body can end its part and start another one.
 *
 * Both readers decode it: cloud-init because of the header, and nodeadm because it decodes every base64-encoded NodeConfig.
 *
 * @see https://github.com/canonical/cloud-init/blob/22.2.2/cloudinit/util.py
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/configprovider/mime.go
 */
export const mimeMessage = (parts: MimePart[]): string =>
  [`Content-Type: multipart/mixed; boundary="${BOUNDARY}"`, 'MIME-Version: 1.0', '', ...parts.flatMap(linesOf), `--${BOUNDARY}--`, ''].join('\n');

const linesOf = ({ contentType, body }: MimePart) =>
  [`--${BOUNDARY}`, `Content-Type: ${contentType}`, 'Content-Transfer-Encoding: base64', '', encoded(body)];

/** CloudFormation does not break lines. Both readers accept a long line. */
const encoded = (body: string) => (Token.isUnresolved(body) ? Fn.base64(body) : Buffer.from(body).toString('base64').match(LINES)!.join('\n'));
