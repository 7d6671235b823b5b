import { App, Fn, Stack } from 'aws-cdk-lib';
import { HostedZone, RecordType } from 'aws-cdk-lib/aws-route53';
import { describeController } from './describe-controller';
import { Place } from './place';
import { policies } from '../../lib';

const hostedZone = ({ partition }: Place, id: string) => `arn:${partition}:route53:::hostedzone/${id}`;
const zoneOf = (stack: Stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1APPS', zoneName: 'apps.example.com' });

const change = (resource: string, RecordTypes: string[], NormalizedRecordNames: string[], Actions = ['UPSERT']) => ({
  action: 'route53:ChangeResourceRecordSets',
  resource,
  context: {
    'route53:ChangeResourceRecordSetsRecordTypes': RecordTypes,
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': NormalizedRecordNames,
    'route53:ChangeResourceRecordSetsActions': Actions,
  },
});

describeController('ExternalDNS', {
  policy: (stack) => new policies.ExternalDnsPolicy({ hostedZones: [zoneOf(stack)], recordNames: ['*.apps.example.com'] }),
  allowed: (place) => [
    { what: 'find zones', action: 'route53:ListHostedZones' },
    { what: 'read the tags of a zone', action: 'route53:ListTagsForResources', resource: hostedZone(place, 'Z1APPS') },
    { what: 'read records', action: 'route53:ListResourceRecordSets', resource: hostedZone(place, 'Z1APPS') },
    {
      what: 'add records with their owner',
      ...change(hostedZone(place, 'Z1APPS'), ['A', 'AAAA', 'TXT'], ['www.apps.example.com', 'a-www.apps.example.com'], ['CREATE']),
    },
    { what: 'delete a record', ...change(hostedZone(place, 'Z1APPS'), ['CNAME', 'TXT'], ['www.apps.example.com', 'cname-www.apps.example.com'], ['DELETE']) },
    { what: 'add a record of a wildcard', ...change(hostedZone(place, 'Z1APPS'), ['CNAME'], ['\\052.apps.example.com']) },
  ],
  denied: (place) => [
    { what: 'read the records of another zone', action: 'route53:ListResourceRecordSets', resource: hostedZone(place, 'Z2OTHER') },
    { what: 'change a record of another zone', ...change(hostedZone(place, 'Z2OTHER'), ['A'], ['www.apps.example.com']) },
    { what: 'delegate a subdomain', ...change(hostedZone(place, 'Z1APPS'), ['NS'], ['www.apps.example.com']) },
    { what: 'delegate a subdomain beside a record', ...change(hostedZone(place, 'Z1APPS'), ['A', 'NS'], ['www.apps.example.com']) },
    { what: 'change the record of the zone itself', ...change(hostedZone(place, 'Z1APPS'), ['A'], ['apps.example.com']) },
    { what: 'change records without a type', ...change(hostedZone(place, 'Z1APPS'), [], ['www.apps.example.com']) },
    { what: 'change records without a name', ...change(hostedZone(place, 'Z1APPS'), ['A'], []) },
    { what: 'create a zone', action: 'route53:CreateHostedZone' },
    { what: 'delete a zone', action: 'route53:DeleteHostedZone', resource: hostedZone(place, 'Z1APPS') },
  ],
});

describeController('ExternalDNS for all zones', {
  policy: () => new policies.ExternalDnsPolicy({ allHostedZones: true, recordTypes: [RecordType.MX] }),
  allowed: (place) => [
    { what: 'find zones', action: 'route53:ListHostedZones' },
    { what: 'read the tags of a zone', action: 'route53:ListTagsForResources', resource: hostedZone(place, 'Z1APPS') },
    { what: 'read records', action: 'route53:ListResourceRecordSets', resource: hostedZone(place, 'Z2OTHER') },
    { what: 'change a record of any zone', ...change(hostedZone(place, 'Z2OTHER'), ['MX'], ['example.org']) },
  ],
  denied: (place) => [
    { what: 'change a record of a type that it does not manage', ...change(hostedZone(place, 'Z1APPS'), ['A'], ['apps.example.com']) },
    { what: 'change records without a type', ...change(hostedZone(place, 'Z1APPS'), [], ['apps.example.com']) },
    { what: 'read the tags of a health check', action: 'route53:ListTagsForResources', resource: `arn:${place.partition}:route53:::healthcheck/0a1b` },
    { what: 'change a record in another partition', ...change('arn:aws-iso:route53:::hostedzone/Z1APPS', ['MX'], ['example.org']) },
  ],
});

describe('ExternalDnsPolicy', () => {
  const withZone = (props: policies.ExternalDnsPolicyProps) => () => new policies.ExternalDnsPolicy({ hostedZones: [zoneOf(new Stack(new App(), 'Stack'))], ...props });

  test.each([
    ['no zones', () => new policies.ExternalDnsPolicy({}), 'hostedZones must be a list of at least one: to allow all of them, set allHostedZones: true'],
    ['an empty list of zones', () => new policies.ExternalDnsPolicy({ hostedZones: [] }), 'hostedZones must be a list of at least one'],
    ['a list and all zones', withZone({ allHostedZones: true }), 'hostedZones must be omitted with allHostedZones'],
    ['no types', withZone({ recordTypes: [] }), 'recordTypes must be a list of at least one'],
    ['no names', withZone({ recordNames: [] }), 'recordNames must be a list of at least one'],
    ['a name with a dot at the end', withZone({ recordNames: ['example.com', 'www.example.com.'] }), 'recordNames[1] is "www.example.com.", but must be in lower case, without a dot'],
    ['a name in upper case', withZone({ recordNames: ['WWW.example.com'] }), 'must be in lower case'],
    ['an empty name', withZone({ recordNames: [''] }), 'recordNames[0] is ""'],
    ['a policy variable', withZone({ recordNames: ['${aws:PrincipalTag/name}.example.com'] }), 'must be in lower case'],
    ['a name that is in none of the zones', withZone({ recordNames: ['*.apps.example.com', '*.other.org'] }),
      'recordNames[1] is "*.other.org", but must be a pattern of names in one of hostedZones: apps.example.com'],
    ['a name that only ends like a zone', withZone({ recordNames: ['myapps.example.com'] }),
      'recordNames[0] is "myapps.example.com", but must be a pattern of names in one of hostedZones: apps.example.com'],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(`ExternalDnsPolicy: ${message.startsWith('must') ? 'recordNames[0] is' : message}`);
    expect(make).toThrow(message);
  });

  test.each(['apps.example.com', 'www.apps.example.com', '*.example.com', '*', '*.com', 'www.*', 'www.apps.example.???'])('accepts %s, which can be in the zone', (name) => {
    expect(withZone({ recordNames: [name] })).not.toThrow();
  });

  test('accepts any name for zones whose names are not known, or that Amazon Route 53 writes in another form', () => {
    const stack = new Stack(new App(), 'Stack');
    const ofName = (zoneName: string) => HostedZone.fromHostedZoneAttributes(stack, zoneName, { hostedZoneId: 'Z1', zoneName });
    const zones = [HostedZone.fromHostedZoneId(stack, 'ById', 'Z1'), ofName(Fn.importValue('Zone')), ofName('0/25.2.0.192.in-addr.arpa')];
    zones.forEach((zone) => expect(() => new policies.ExternalDnsPolicy({ hostedZones: [zone], recordNames: ['*.other.org'] })).not.toThrow());
    expect(() => new policies.ExternalDnsPolicy({ hostedZones: [ofName('Example.COM.')], recordNames: ['www.example.com'] })).not.toThrow();
  });
});
