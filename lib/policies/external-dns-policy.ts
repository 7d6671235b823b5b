import * as route53 from 'aws-cdk-lib/aws-route53';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { listIfGiven } from './private/inputs';
import { changeRecordSets, checkedRecordNames, hostedZoneArns, selectedZones } from './private/record-sets';
import { allow, allowOnAll } from './private/statements';
import { checkType } from '../private/props/check-props';

/** Properties of `ExternalDnsPolicy`. */
export interface ExternalDnsPolicyProps {
  /**
   * The hosted zones whose records ExternalDNS manages.
   *
   * @default - required, unless `allHostedZones` is set
   */
  readonly hostedZones?: route53.IHostedZone[];

  /**
   * Whether ExternalDNS manages the records of all hosted zones of the account.
   *
   * @default false
   */
  readonly allHostedZones?: boolean;

  /**
   * The types of the records that ExternalDNS manages: those of `--managed-record-types`, and TXT if it keeps its registry in the zones.
   *
   * @default - A, AAAA and CNAME, which ExternalDNS manages by default, and TXT
   */
  readonly recordTypes?: route53.RecordType[];

  /**
   * Patterns of the names of the records that ExternalDNS manages, in lower case and without a dot at the end, such as `*.apps.example.com`. The pattern of
   * one record must also match the TXT record that says who owns it, such as `cname-www.example.com` for `www.example.com`.
   *
   * @default - all names in the zones
   */
  readonly recordNames?: string[];
}

/**
 * The permissions of ExternalDNS: it lists hosted zones, and reads and changes records in the given zones.
 *
 * Set `--provider=aws`, and `--zone-id-filter` to the ID of each zone in `hostedZones`. Otherwise ExternalDNS fails when it reads the records of another zone.
 *
 * Tighter than the upstream policy:
 * - It is for the given zones. The upstream policy is for all hosted zones.
 * - Only records of the types that ExternalDNS manages can be changed, so that no NS record delegates a subdomain, for example. Each condition also requires
 *   that the request has the key, because `ForAllValues` alone does not.
 *
 * `allHostedZones` is the looser form.
 *
 * Not covered: AWS Cloud Map, a registry in Amazon DynamoDB, and roles that ExternalDNS assumes.
 *
 * **What a compromised pod can still do**
 *
 * Redirect all names in the hosted zones, and get certificates for them.
 *
 * - Point any name in `hostedZones` to a server of the attacker, or delete its records. To limit the names, set `recordNames`.
 * - Get certificates for these names, because A and TXT records are sufficient for ACME challenges, and send email in the name of these domains. CAA records
 *   do not prevent this if the pod can set a CNAME record, because certificate authorities then check the CAA records of its target.
 * - Read all records in `hostedZones`, and list all hosted zones in the AWS account.
 *
 * @upstream ExternalDNS 0.22.0
 * @hops Nothing.
 * @see https://github.com/kubernetes-sigs/external-dns/blob/v0.22.0/docs/tutorials/aws.md
 */
export class ExternalDnsPolicy implements IControllerPolicy {
  /** The namespace of ExternalDNS. */
  public readonly namespace?: string = 'external-dns';

  /** The service account of ExternalDNS. */
  public readonly serviceAccountName?: string = 'external-dns';

  private readonly zones: readonly route53.IHostedZone[] | 'all';
  private readonly types: readonly string[];
  private readonly names?: readonly string[];

  /** @throws if a property is unknown or has another type, if there are no hosted zones, if a hosted zone has no valid ID, or if a record name is in none of them. */
  constructor(props: ExternalDnsPolicyProps) {
    checkType('ExternalDnsPolicy: props', 'cdk-irsa.policies.ExternalDnsPolicyProps', props);
    const { recordTypes = ['A', 'AAAA', 'CNAME', 'TXT'], recordNames } = props;
    this.zones = selectedZones('ExternalDnsPolicy', props);
    this.types = listIfGiven<string>('ExternalDnsPolicy: recordTypes', recordTypes);
    this.names = recordNames && checkedRecordNames('ExternalDnsPolicy: recordNames', recordNames, this.zones);
  }

  /**
   * The permissions for the role.
   *
   * @param context the partition of the hosted zones.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const zones = hostedZoneArns(this.zones, context.partition);
    return {
      statements: [
        allowOnAll('route53:ListHostedZones'),
        allow(['route53:ListResourceRecordSets', 'route53:ListTagsForResources'], zones),
        changeRecordSets(zones, { types: this.types, names: this.names }),
      ],
    };
  }
}
