import { App, Stack } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { describeController } from './describe-controller';
import { Place } from './place';
import { policies } from '../../lib';
import { Context } from '../verification/second-opinion/conditions';

const hostedZone = ({ partition }: Place, id = 'Z1APPS') => `arn:${partition}:route53:::hostedzone/${id}`;
const zoneOf = (stack: Stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1APPS', zoneName: 'apps.example.com' });

const CHALLENGE: Context = {
  'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'],
  'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_acme-challenge.www.apps.example.com'],
  'route53:ChangeResourceRecordSetsActions': ['UPSERT'],
};

const change = (resource: string, context: Context = {}) => ({ action: 'route53:ChangeResourceRecordSets', resource, context: { ...CHALLENGE, ...context } });

describeController('cert-manager', {
  policy: (stack) => new policies.CertManagerPolicy({ hostedZones: [zoneOf(stack)] }),
  allowed: (place) => [
    { what: 'present a challenge', ...change(hostedZone(place)) },
    { what: 'clean up a challenge', ...change(hostedZone(place), { 'route53:ChangeResourceRecordSetsActions': ['DELETE'] }) },
    { what: 'wait for a change', action: 'route53:GetChange', resource: `arn:${place.partition}:route53:::change/C1` },
  ],
  denied: (place) => [
    { what: 'present a challenge in another zone', ...change(hostedZone(place, 'Z2OTHER')) },
    { what: 'redirect a name', ...change(hostedZone(place), { 'route53:ChangeResourceRecordSetsRecordTypes': ['A'] }) },
    { what: 'delegate challenges', ...change(hostedZone(place), { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT', 'NS'] }) },
    { what: 'change the mail policy', ...change(hostedZone(place), { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['apps.example.com'] }) },
    { what: 'fail if there is a record', ...change(hostedZone(place), { 'route53:ChangeResourceRecordSetsActions': ['CREATE'] }) },
    ...Object.keys(CHALLENGE).map((key) => ({ what: `change records without ${key}`, ...change(hostedZone(place), { [key]: [] }) })),
    { what: 'read records', action: 'route53:ListResourceRecordSets', resource: hostedZone(place) },
    { what: 'list zones', action: 'route53:ListHostedZonesByName' },
    { what: 'wait for a change in another partition', action: 'route53:GetChange', resource: 'arn:aws-iso:route53:::change/C1' },
  ],
});

const DELEGATED = { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['www.acme.example.org'] };

describeController('cert-manager for delegated challenges in all zones', {
  policy: () => new policies.CertManagerPolicy({ allHostedZones: true, recordNames: ['*.acme.example.org'] }),
  allowed: (place) => [
    { what: 'find a zone', action: 'route53:ListHostedZonesByName' },
    { what: 'present a challenge in any zone', ...change(hostedZone(place, 'Z2OTHER'), DELEGATED) },
    { what: 'clean up a challenge', ...change(hostedZone(place), { ...DELEGATED, 'route53:ChangeResourceRecordSetsActions': ['DELETE'] }) },
    { what: 'wait for a change', action: 'route53:GetChange', resource: `arn:${place.partition}:route53:::change/C1` },
  ],
  denied: (place) => [
    { what: 'present a challenge that is not delegated', ...change(hostedZone(place)) },
    { what: 'redirect a name', ...change(hostedZone(place), { ...DELEGATED, 'route53:ChangeResourceRecordSetsRecordTypes': ['A'] }) },
    { what: 'fail if there is a record', ...change(hostedZone(place), { ...DELEGATED, 'route53:ChangeResourceRecordSetsActions': ['CREATE'] }) },
    ...Object.keys(CHALLENGE).map((key) => ({ what: `change records without ${key}`, ...change(hostedZone(place), { ...DELEGATED, [key]: [] }) })),
    { what: 'present a challenge in another partition', ...change('arn:aws-iso:route53:::hostedzone/Z1APPS', DELEGATED) },
    { what: 'wait for a change in another partition', action: 'route53:GetChange', resource: 'arn:aws-iso:route53:::change/C1' },
  ],
});

describe('CertManagerPolicy', () => {
  const zones = () => [zoneOf(new Stack(new App(), 'Stack'))];
  const context = { clusterName: 'prod', partition: 'aws', region: 'us-west-2', account: '123456789012', usesIrsa: true, usesPodIdentity: false };
  const actions = (props: policies.CertManagerPolicyProps) =>
    new policies.CertManagerPolicy(props).bind(context).statements.flatMap((statement) => statement.actions);

  test('finds zones by name if it is told to', () => {
    expect(actions({ hostedZones: zones(), findHostedZonesByName: true })).toContain('route53:ListHostedZonesByName');
  });

  test('does not find zones by name if the IDs of all zones are set', () => {
    expect(actions({ allHostedZones: true, findHostedZonesByName: false })).not.toContain('route53:ListHostedZonesByName');
  });

  test.each([
    ['no zones', () => new policies.CertManagerPolicy({}), 'hostedZones must be a list of at least one: to allow all of them, set allHostedZones: true'],
    ['an empty list of zones', () => new policies.CertManagerPolicy({ hostedZones: [] }), 'hostedZones must be a list of at least one'],
    ['a list and all zones', () => new policies.CertManagerPolicy({ hostedZones: zones(), allHostedZones: true }),
      'hostedZones must be omitted with allHostedZones'],
    ['no names', () => new policies.CertManagerPolicy({ allHostedZones: true, recordNames: [] }), 'recordNames must be a list of at least one'],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(`CertManagerPolicy: ${message}`);
  });
});
