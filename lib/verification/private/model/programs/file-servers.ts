import { askedFunctions } from './asked-functions';
import { Text } from '../../values/text';
import { isReference, textOf } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { hostsOf, writesAt } from '../code/fetched-hosts';
import { changesOfAnyApi } from '../code/hosting-services';
import { StartCode } from '../code/start-code';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

const TYPE = 'AWS::Transfer::Server';

/** As roles call the service that they trust. */
const SERVICE = 'transfer';

/**
 * The servers of AWS Transfer Family that ask a function, or what answers at a URL, for the role of whoever signs in: who changes the answer decides which role of the
 * service it is, and signs in.
 *
 * @see https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html
 * @see https://docs.aws.amazon.com/transfer/latest/userguide/authentication-api-gateway.html
 */
export function readFileServers(resources: StackResources, functions: readonly Program[]): Program[] {
  const servers = resources.ofType(TYPE);
  const code = servers.length > 0 ? new StartCode(resources) : undefined;
  return servers.flatMap((server) => {
    const [asked, url] = ['Function', 'Url'].map((name) => textOf(server.property('IdentityProviderDetails', name)));
    const answering = [
      ...(asked ? askedFunctions(asked, functions, server) : []),
      ...(url && code ? [{ arns: [], takeovers: [], code: writesOfAnswers(url, code) }] : []),
    ];
    return answering.map((one): Program => ({ ...one, startedBy: [], roleArn: undefined, services: [SERVICE], place: server.place() }));
  });
}

/** What answers at a URL: an API of Amazon API Gateway, which can be outside the templates, or anything else at its host. */
function writesOfAnswers(url: Text, code: StartCode): CodeWrite[] {
  const own = code.writesBehind(url);
  return [...own, ...(own.length > 0 || isReference(url) ? [] : changesOfAnyApi), ...writesAt(hostsOf(url))];
}
