import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { ObjectsAccess } from '../objects-access';
import { ObjectsFunctionOptions } from '../objects-function-options';

/** What applying objects needs to know about a cluster, and users do not. */
export interface KubernetesClusterDefinition {
  /** What the function that applies objects is allowed to do in the cluster. With `ObjectsAccess.none()`, there is no such function. */
  readonly objectsAccess: ObjectsAccess;
  /** Options for that function. */
  readonly objectsFunction?: ObjectsFunctionOptions;
  /**
   * Whether the API server accepts connections from the whole internet: public access is enabled and not restricted to CIDR blocks. If true, the
   * function runs outside the VPC, unless `objectsFunction` specifies subnets.
   */
  readonly hasUnrestrictedEndpoint: boolean;
  /**
   * The URL of the OIDC issuer, if it is a literal. The function compares it with the issuer of the API server, because pods get no credentials if
   * trust policies name another issuer.
   */
  readonly issuerUrl?: string;
  /** Whether the app defines no nodes for the cluster, so that no pod runs unless something else adds nodes. It is called when the app is complete. */
  lacksNodes(): boolean;
  /**
   * Gives the function the access `objectsAccess` to the Kubernetes API. It is called only if objects are applied in the cluster.
   *
   * @param scope the scope for constructs that this defines, such as an access entry.
   * @param role the role of the function.
   * @returns the constructs that must be deployed before the function has access.
   */
  addObjectsAccess(scope: Construct, role: iam.IRole): IDependable;
}
