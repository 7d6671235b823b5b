import { distinct } from '../../values/distinct';
import { isOfEks } from '../../values/issuer-of-eks';
import { equal, Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { isReference, textAfter, textOf, withoutPrefix } from '../../values/text-parts';
import { writesOfBucketAt } from '../code/bucket-addresses';
import { anyPart, arnOf, CodeWrite } from '../code/code-write';
import { hostsOf, writesAt } from '../code/fetched-hosts';
import { isOfService } from '../code/host-names';
import { writesBehind } from '../code/hosts';
import { StartCode } from '../code/start-code';
import { writesOfFiles } from '../code/written-files';
import { Program } from '../program';
import { ROLES } from '../roles/holder-kinds';
import { readSamlProviders } from '../roles/saml-providers';
import { claimsOfTrust, textsOfTrust } from '../roles/trust-texts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * Issuers of which others might decide what they sign, and the roles that trust them: AWS STS fetches the keys of an issuer from its URL, so that who writes to the
 * bucket there, or changes the records of its domain, signs tokens for any subject.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/SELF_HOSTED_SETUP.md
 */
export function readIssuers(resources: StackResources): Program[] {
  const [scripts, zones] = [new StartCode(resources), resources.ofType('AWS::Route53::HostedZone')];
  const roles = resources.ofType(ROLES.type);
  const findWrites = (issuer: Text): CodeWrite[] => {
    const url = Text.join([Text.of('https://'), issuer]);
    return isOfEks(issuer) === 'yes' ? [] : [
      ...scripts.writesOfScript(url), ...scripts.writesBehind(url),
      ...writesOfBucketAt(issuer), ...writesOfDomain(issuer, zones), ...writesBehind(issuer, resources),
      ...hostsOf(url).flatMap(writesAtIssuer),
    ];
  };
  const known = new Map<string, readonly CodeWrite[]>(); // many roles trust the same issuer
  const writesOf = (issuer: Text): readonly CodeWrite[] => {
    const writes = known.get(issuer.key) ?? findWrites(issuer);
    known.set(issuer.key, writes);
    return writes;
  };
  const programOf = (role: StackResource, by: StackResource, code: readonly CodeWrite[]): Program[] =>
    (code.length > 0 ? [{ arns: [], startedBy: [], takeovers: [], code, roleArn: role.attribute('Arn'), place: by.place() }] : []);
  const own = resources.ofType('AWS::IAM::OIDCProvider').flatMap((provider) => {
    const url = textOf(provider.property('Url'));
    const code = url ? writesOf(withoutPrefix(url, 'https://')) : [];
    return roles.filter((role) => code.length > 0 && names(role, provider)).flatMap((role) => programOf(role, provider, code));
  });
  const saml = readSamlProviders(resources).flatMap(({ arn, hosts }) => {
    const code = writesAt(hosts);
    return roles.filter((role) => code.length > 0 && textsOfTrust(role).some((text) => equal(arn, text) !== 'no')).flatMap((role) => programOf(role, role, code));
  });
  return [...own, ...saml, ...roles.flatMap((role) => issuersIn(role).flatMap((issuer) => programOf(role, role, writesOf(issuer))))];
}

/** The issuers in the ARNs of providers that no template creates, or in the names of claims. One of which nothing is known is usually that of a cluster. */
const issuersIn = (role: StackResource): Text[] => distinct([
  ...textsOfTrust(role).flatMap((text) => textAfter(text, ':oidc-provider/') ?? []).filter((issuer) => issuer.start !== '' || isReference(issuer)),
  ...claimsOfTrust(role).map((claim) => claim.slice(0, claim.lastIndexOf(':'))).filter((issuer) => issuer.includes('.')).map(Text.of),
]);

const names = (role: StackResource, { arn, ref }: StackResource): boolean =>
  textsOfTrust(role).some((text) => [arn, ref].some((one) => one && equal(one, text) !== 'no'));

/** An issuer of which nothing is known is usually that of a cluster. */
const writesAtIssuer = (system: Text): CodeWrite[] =>
  writesOfFiles({ kind: 'host', system, ...system.parts.every((part) => typeof part !== 'string') && { onlyIfSame: true } });

/**
 * With the records of a domain, one gets a certificate for it. Traffic policies create records.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateTrafficPolicyInstance.html
 */
function writesOfDomain(issuer: Text, zones: readonly StackResource[]): CodeWrite[] {
  const [host] = issuer.start.split('/');
  if ((host === issuer.start && issuer.literal === undefined) || isOfService(Text.of(host))) {
    return [];
  }
  const own = zones.filter((zone) => isWithin(issuer, textOf(zone.property('Name'))));
  const ids = own.length > 0 ? own.map(({ ref }) => ref) : [anyPart('hosted zone')];
  const zoneArns = ids.map((id) => arnOf('route53', Text.join([Text.of('hostedzone/'), id]), Text.EMPTY, Text.EMPTY));
  return zoneArns.flatMap((arn) => ['route53:ChangeResourceRecordSets', 'route53:CreateTrafficPolicyInstance'].map((action) => ({ action, arn })));
}

function isWithin(issuer: Text, zone = Text.EMPTY): boolean {
  const name = Text.join(zone.parts.map((part) => Text.ofPart(typeof part === 'string' ? part.replace(/\.$/, '') : part)));
  const [rest, anything] = [Pattern.glob(Text.of('*')), Pattern.glob(Text.of('*'), '/')];
  return Pattern.join([anything, Pattern.exact(name), rest]).matches(issuer) !== 'no';
}
