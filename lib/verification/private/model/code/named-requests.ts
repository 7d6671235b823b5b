import { actionNames } from '../../aws-data/actions';
import { addTo } from '../../values/add-to';
import { prefixOf } from '../services';

/** What a text has that names requests of AWS: the AWS CLI, eksctl, an SDK, or a state of AWS Step Functions. */
export const NAMES_REQUESTS = /(\b|\\n)(\$\{?AWS\b|aws(\.exe)?[\s"',\\])|\bAWS\.\w|boto3|aws-?(cli|sdk)|eksctl|:states:::eks:/;

/** Names of actions that only read. */
const READS = /:(BatchGet|Describe|Get|Head|List|Lookup)/;

/**
 * Requests of which the action has another name, in lower case. A command of the CLI can send a request of another service.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
 * @see https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/setting-up-trust-policy.html
 */
const OTHERWISE: ReadonlyArray<readonly [request: string, action: string]> = [
  ['apigateway:putrestapi', 'apigateway:PUT'],
  ['apigateway:updaterestapi', 'apigateway:PATCH'],
  ['emr-containers:updateroletrustpolicy', 'iam:UpdateAssumeRolePolicy'],
  ['iam:attachpolicy', 'iam:AttachRolePolicy'], // of a role in boto3
  ['s3:putpublicaccessblock', 's3:PutBucketPublicAccessBlock'],
];

/**
 * What commands of eksctl make, and the request that gives the same access. An entry of `aws-auth` gives what an access entry does.
 *
 * @see https://docs.aws.amazon.com/eks/latest/eksctl/iam-identity-mappings.html
 * @see https://docs.aws.amazon.com/eks/latest/eksctl/iamserviceaccounts.html
 */
const BY_EKSCTL: { readonly [made: string]: string } = {
  accessentry: 'eks:CreateAccessEntry',
  iamidentitymapping: 'eks:CreateAccessEntry',
  iamserviceaccount: 'cloudformation:CreateStack',
  podidentityassociation: 'eks:CreatePodIdentityAssociation',
};

/** What only some options of a request change about access. */
const ONLY_WITH: { readonly [action: string]: RegExp } = { 'autoscaling:UpdateAutoScalingGroup': /launch|mixed/i };

/** The actions, by their names in lower case, and with the names of SDKs and the CLI. */
let known: ReadonlyMap<string, string> | undefined;
const actions = () => known ??= new Map([
  ...actionNames().filter((action) => !READS.test(action)).map((action) => [action.toLowerCase(), action] as const), ...OTHERWISE,
]);

/** The same names, by what follows the service. */
let named: ReadonlyMap<string, readonly string[]> | undefined;
const requestsNamed = (name: string): readonly string[] => (named ??= byName()).get(name) ?? [];

function byName(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const request of actions().keys()) {
    addTo(found, request.slice(request.indexOf(':') + 1), request);
  }
  return found;
}

const plain = (name: string): string => name.replace(/[-_]/g, '').toLowerCase();

function actionOf(service: string, name: string): string | undefined {
  const prefix = prefixOf(service);
  return prefix && actions().get(`${prefix}:${plain(name)}`);
}

/** A service and a command, as the CLI has them, such as `iam attach-role-policy`, also as words of a list. */
const COMMAND = /(?<![\w-])([a-z][\da-z-]*)(?=[\s"',\\]+([a-z]+(?:-[\da-z]+)+))/g;

/** A task of a state machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const TASK = /:states:::(?:aws-sdk:)?(\w+):(\w+)/g;

const OF_EKSCTL = /\beksctl[\s"',\\]+(?:create|update)[\s"',\\]+([a-z]+?)s?\b/g;

/** A function of an SDK, or a command of that for JavaScript. */
const CALL = /\.(\w+)\s*\(|\b(\w+)Command\b/g;

const COMMENT = /^[ \t]*(#|\/\/).*$/gm;

/** The actions of the requests that a script names. Those that only read are left out. */
export function requestsIn(script: string): string[] {
  if (!NAMES_REQUESTS.test(script)) {
    return [];
  }
  const code = script.replace(COMMENT, '');
  const found = [
    ...[COMMAND, TASK].flatMap((pattern) => [...code.matchAll(pattern)].flatMap(([, service, name]) => actionOf(service, name) ?? [])),
    ...[...code.matchAll(OF_EKSCTL)].flatMap(([, made]) => (Object.hasOwn(BY_EKSCTL, made) ? [BY_EKSCTL[made]] : [])),
    ...callsIn(code),
  ];
  return [...new Set(found)].filter((action) => !Object.hasOwn(ONLY_WITH, action) || ONLY_WITH[action].test(code));
}

/** The name of a function is that of a request if its service is named, too, such as by `boto3.client('iam')`, `IAMClient` or `@aws-sdk/client-iam`. */
function callsIn(code: string): string[] {
  const requests = [...code.matchAll(CALL)].flatMap(([, name, command]) => requestsNamed(plain(name?.replace(/Command$/, '') ?? command)));
  const words = requests.length === 0 ? [] : code.match(/[a-z][\w-]*/gi) ?? [];
  const services = new Set(words.map((word) => prefixOf(word.replace(/^client-|Client$/, ''))));
  return requests.filter((request) => services.has(request.slice(0, request.indexOf(':')))).flatMap((request) => actions().get(request) ?? []);
}
