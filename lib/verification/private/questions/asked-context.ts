import { isIP } from 'node:net';
import { misspelled } from './nearest';

/** Keys of a session that follow from its role. Another value would be a question about another role. */
const OF_ROLE = ['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalType', 'aws:PrincipalIsAWSService', 'aws:FederatedProvider', 'kms:CallerAccount'];

/** A wrong name in this list only lets a misspelled key pass. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const GLOBAL = [
  'aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:CurrentTime', 'aws:EpochTime', 'aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent',
  'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:PrincipalTag', 'aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList', 'aws:Referer',
  'aws:RequestedRegion', 'aws:RequestTag', 'aws:ResourceAccount', 'aws:ResourceOrgID', 'aws:ResourceOrgPaths', 'aws:ResourceTag', 'aws:SecureTransport',
  'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceIdentity', 'aws:SourceIp', 'aws:SourceOrgID', 'aws:SourceOrgPaths', 'aws:SourceVpc', 'aws:SourceVpce',
  'aws:SourceVpcArn', 'aws:TagKeys', 'aws:TokenIssueTime', 'aws:UserAgent', 'aws:userid', 'aws:username', 'aws:ViaAWSService', 'aws:VpceAccount',
  'aws:VpceOrgID', 'aws:VpceOrgPaths', 'aws:VpcSourceIp', 'aws:Ec2InstanceSourceVpc', 'aws:Ec2InstanceSourcePrivateIPv4', 'aws:AssumedRoot',
  'aws:ChatbotSourceArn', 'aws:SignInSessionArn', 'aws:ViaAWSMCPService', 'aws:CalledViaAWSMCP',
];

/** Checks the condition keys of a question, because a policy never asks for one that is misspelled. */
export function checkContext(context: { readonly [key: string]: readonly string[] }): void {
  for (const [key, values] of Object.entries(context)) {
    if (!/^[\w-]+:\S/.test(key)) {
      throw new Error(`context has the key ${JSON.stringify(key)}, but must have names of condition keys with their service prefix, such as aws:SourceIp`);
    }
    if (OF_ROLE.some((known) => known.toLowerCase() === key.toLowerCase())) {
      throw new Error(`context has the key ${key}, but the role of the session decides its value: omit it`);
    }
    checkGlobalKey(key);
    if (/^aws:(Vpc)?SourceIp$/i.test(key) && !values.every((value) => isIP(value))) {
      throw new Error(`context has a value of ${key} that is no IP address: a request comes from one address, such as 203.0.113.7`);
    }
  }
}

/** A name that is not near to any is taken for one that AWS has added. */
function checkGlobalKey(key: string): void {
  const [name] = key.split('/');
  const isKnown = GLOBAL.some((known) => known.toLowerCase() === name.toLowerCase());
  const near = /^aws:/i.test(name) && !isKnown ? misspelled(name, GLOBAL) : undefined;
  if (near) {
    throw new Error(`context has the key ${name}, which is not a global condition key: did you mean ${near}?`);
  }
}
