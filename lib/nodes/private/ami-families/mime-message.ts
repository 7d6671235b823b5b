import { Fn, Token } from 'aws-cdk-lib';

/** The same at each synthesis, so that an unchanged nodegroup stays unchanged. No line of base64 can be equal to it. */
const BOUNDARY = '==CDK-IRSA==';
/** @see https://www.rfc-editor.org/rfc/rfc2045#section-6.8 */
const LINES = /.{1,76}/g;

export interface MimePart {
  readonly contentType: string;
  /** May hold tokens. */
  readonly body: string;
}

/**
 * A MIME multi-part message. Every body is base64, so that nothing in a body can end its part and start another one.
 *
 * Both readers decode it: cloud-init by the header, nodeadm because it decodes every NodeConfig that is base64.
 *
 * @see https://github.com/canonical/cloud-init/blob/22.2.2/cloudinit/util.py
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/configprovider/mime.go
 */
export const mimeMessage = (parts: MimePart[]): string =>
  [`Content-Type: multipart/mixed; boundary="${BOUNDARY}"`, 'MIME-Version: 1.0', '', ...parts.flatMap(linesOf), `--${BOUNDARY}--`, ''].join('\n');

const linesOf = ({ contentType, body }: MimePart) =>
  [`--${BOUNDARY}`, `Content-Type: ${contentType}`, 'Content-Transfer-Encoding: base64', '', encoded(body)];

/** CloudFormation does not break lines; both readers take a long one. */
const encoded = (body: string) => (Token.isUnresolved(body) ? Fn.base64(body) : Buffer.from(body).toString('base64').match(LINES)!.join('\n'));
