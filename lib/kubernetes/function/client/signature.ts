import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';

type Headers = { [name: string]: string };

/**
 * A URL that is signed with the role of the function and valid for a minute.
 *
 * @param headers headers to sign. The sender of the request must send them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function signedUrl(service: string, url: URL, headers: Headers): Promise<string> {
  const { query } = await signer(service).presign(get(url, headers), { expiresIn: 60 });
  return `${url.origin}${url.pathname}?${new URLSearchParams(query as { [name: string]: string })}`;
}

/** The headers of a GET request, including the signature with the role of the function. */
export async function signedHeaders(service: string, url: URL): Promise<Headers> {
  return (await signer(service).sign(get(url))).headers;
}

function signer(service: string): SignatureV4 {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return new SignatureV4({
    service,
    region: AWS_REGION!,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID!, secretAccessKey: AWS_SECRET_ACCESS_KEY!, sessionToken: AWS_SESSION_TOKEN },
    sha256: Hash.bind(null, 'sha256'),
  });
}

const get = (url: URL, headers?: Headers) => ({
  method: 'GET',
  protocol: url.protocol,
  hostname: url.hostname,
  path: url.pathname,
  query: Object.fromEntries(url.searchParams),
  headers: { host: url.host, ...headers },
});
