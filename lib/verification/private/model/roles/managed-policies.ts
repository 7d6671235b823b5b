import { AccessPlace } from '../../../access-reason';
import { Findings } from '../../findings/findings';
import { nameOfPlace, stackOf } from '../../findings/gap';
import { Policy } from '../../policies/policy';
import { addTo } from '../../values/add-to';
import { fromJson } from '../../values/from-json';
import { Interned } from '../../values/interned';
import { Resolved, valueKey } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter } from '../../values/text-parts';
import { placeParts, readPolicy } from '../policy-document';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The document of a managed policy of AWS, by its ARN, or why it is unknown. */
export type AwsManagedPolicies = (arn: string) => { readonly document: object } | { readonly unknown: string };

const documents = new Interned<Resolved>();
const policies = new Interned<Policy>();

/** Managed policies by ARN: those of the templates, and those of AWS. */
export class ManagedPolicies {
  private readonly ofTemplates = new Map<string, StackResource[]>();

  constructor(resources: StackResources, private readonly ofAws: AwsManagedPolicies, private readonly findings: Findings) {
    resources.ofType('AWS::IAM::ManagedPolicy').forEach((resource) => addTo(this.ofTemplates, resource.ref.key, resource));
  }

  /** The policy that a role names at a place. The region of its stack can tell the partition. */
  named(arn: Text, place: AccessPlace, region: Text): Policy {
    const resources = this.ofTemplates.get(arn.key);
    if (resources) {
      return this.oneOf(resources, arn, place);
    }
    const ofAws = textAfter(arn, ':iam::aws:policy/')?.literal;
    const isPartitionKnown = arn.literal !== undefined || region.literal === undefined;
    return ofAws === undefined || !isPartitionKnown ? this.elsewhere(arn, place) : this.readOfAws(arn, ofAws, place);
  }

  /** Of several policies with one ARN, AWS has only one: where a role is deployed, that of its own stack. */
  private oneOf(resources: readonly StackResource[], arn: Text, place: AccessPlace): Policy {
    const own = resources.find((resource) => stackOf(resource.place()) === stackOf(place));
    const [first, ...others] = (own ? [own] : resources).map((resource) => this.read(resource));
    if (others.every(({ document }) => document && valueKey(document) === valueKey(first.document))) {
      return first;
    }
    const names = resources.map((resource) => nameOfPlace(resource.place())).join(' and ');
    const unknown = `${names} share the ARN ${arn}, so that AWS has only one of them: leave the others out of the templates, or name them apart`;
    return { name: `one of the managed policies ${names}, which share an ARN`, place, arn, unknown, unread: [first, ...others].map(({ document, unread }) => document ?? unread) };
  }

  /** A policy of the templates. */
  read(resource: StackResource): Policy {
    return resource.once('managed policy', () => {
      const name = resource.property('ManagedPolicyName');
      const label = name instanceof Text ? name : resource.logicalId;
      const policy = readPolicy(`managed policy ${label}`, resource.property('PolicyDocument'), resource.place('Properties.PolicyDocument'), this.findings);
      return { ...policy, arn: resource.ref };
    });
  }

  private readOfAws(arn: Text, path: string, place: AccessPlace): Policy {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (arn.literal === undefined) {
      this.findings.add('partition-assumed', 'a stack has no region, so its partition is unknown: AWS managed policies are taken from the partition aws. '
        + 'Set the region of the stack');
    }
    const known = arn.literal ?? `arn:aws:iam::aws:policy/${path}`;
    const policy = this.ofAws(known);
    if ('document' in policy) {
      const document = documents.of([policy.document], () => fromJson(policy.document));
      return policies.of([arn, document, name, ...placeParts(place)], () => ({ name, place, arn, document }));
    }
    this.findings.add('unknown-managed-policy', policy.unknown, place);
    return { name, place, arn, unknown: policy.unknown };
  }

  private elsewhere(arn: Text, place: AccessPlace): Policy {
    const unknown = `managed policy ${arn} is not in the templates`;
    this.findings.add('unknown-managed-policy', unknown, place);
    return { name: `managed policy ${arn}`, place, arn, unknown };
  }
}
