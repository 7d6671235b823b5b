import * as route53 from 'aws-cdk-lib/aws-route53';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { changeRecordSets, checkedRecordNames, hostedZoneArns, selectedZones } from './private/record-sets';
import { allow, allowOnAll } from './private/statements';
import { checkType } from '../private/props/check-props';

/** Properties of `CertManagerPolicy`. */
export interface CertManagerPolicyProps {
  /**
   * The hosted zones in which cert-manager solves challenges.
   *
   * @default - required, unless `allHostedZones` is set
   */
  readonly hostedZones?: route53.IHostedZone[];

  /**
   * Whether cert-manager solves challenges in all hosted zones of the account.
   *
   * @default false
   */
  readonly allHostedZones?: boolean;

  /**
   * Whether cert-manager finds a hosted zone by its name, because the solver of an issuer does not set `hostedZoneID`. It can then list all hosted zones.
   *
   * @default - only with `allHostedZones`
   */
  readonly findHostedZonesByName?: boolean;

  /**
   * Patterns of the names of the records that cert-manager changes, in lower case and without a dot at the end. Set it to the targets of the CNAME records if
   * solvers have `cnameStrategy: Follow`.
   *
   * @default - `_acme-challenge.*`: the names of ACME challenges
   */
  readonly recordNames?: string[];
}

/**
 * The permissions of cert-manager for ACME DNS-01 challenges with Amazon Route 53: it adds TXT records to the given hosted zones, and deletes them.
 *
 * Set `hostedZoneID` in the `route53` solver of each issuer, or set `findHostedZonesByName`. By default, cert-manager uses the credentials of its pod only for
 * ClusterIssuers; for Issuers, set `--issuer-ambient-credentials`.
 *
 * Tighter than the upstream policy:
 * - It is for the given zones. The upstream policy is for all hosted zones.
 * - Only records named `_acme-challenge.*` can be changed, and only with UPSERT and DELETE, which are what cert-manager uses. The upstream policy has a limit for
 *   the type of the records only, TXT. Each condition also requires that the request has the key, because `ForAllValues` alone does not.
 * - `route53:ListHostedZonesByName` is only for solvers without `hostedZoneID`.
 * - `route53:ListResourceRecordSets` is left out, because cert-manager does not call it.
 *
 * `allHostedZones` and `recordNames` are the looser forms.
 *
 * Not covered: AWS Private CA, and roles that solvers assume (`role`).
 *
 * **What a compromised pod can still do**
 *
 * Get certificates for all names in the hosted zones.
 *
 * - Get certificates, including wildcard certificates, for all names in `hostedZones` and all names whose challenges are delegated to them, from any
 *   certificate authority that accepts DNS-01 challenges. To limit the names, set `recordNames`, for example to `_acme-challenge.apps.example.com`. To limit
 *   the authorities, add CAA records to the zones.
 * - Replace or delete the challenge records of others, so that their certificates are not renewed.
 * - List the names of all hosted zones in the AWS account, with `findHostedZonesByName`.
 *
 * @upstream cert-manager 1.21.1
 * @hops Nothing.
 * @see https://cert-manager.io/docs/configuration/acme/dns01/route53/
 */
export class CertManagerPolicy implements IControllerPolicy {
  /** The namespace of cert-manager. */
  public readonly namespace?: string = 'cert-manager';

  /** The service account of cert-manager. */
  public readonly serviceAccountName?: string = 'cert-manager';

  private readonly zones: readonly route53.IHostedZone[] | 'all';
  private readonly findsZones: boolean;
  private readonly names: readonly string[];

  /** @throws if a property is unknown or has another type, if there are no hosted zones, if a hosted zone has no valid ID, or if a record name is in none of them. */
  constructor(props: CertManagerPolicyProps) {
    checkType('CertManagerPolicy: props', 'cdk-irsa.policies.CertManagerPolicyProps', props);
    const { findHostedZonesByName, recordNames = ['_acme-challenge.*'] } = props;
    this.zones = selectedZones('CertManagerPolicy', props);
    this.findsZones = findHostedZonesByName ?? this.zones === 'all';
    this.names = checkedRecordNames('CertManagerPolicy: recordNames', recordNames, this.zones);
  }

  /**
   * The permissions for the role.
   *
   * @param context the partition of the hosted zones.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    return {
      statements: [
        ...(this.findsZones ? [allowOnAll('route53:ListHostedZonesByName')] : []),
        allow(['route53:GetChange'], [`arn:${context.partition}:route53:::change/*`]),
        changeRecordSets(hostedZoneArns(this.zones, context.partition), { types: ['TXT'], names: this.names, actions: ['UPSERT', 'DELETE'] }),
      ],
    };
  }
}
