/** What happens to an object that already exists in the cluster and that this stack does not own. */
export enum ExistingObjects {
  /** The deployment fails with an error that names the owner of the object. Nothing changes. */
  REFUSE = 'REFUSE',

  /**
   * The set creates objects that do not exist, does not change existing objects, and does not delete objects. Use it for objects that have
   * no single owner, such as a namespace.
   */
  KEEP = 'KEEP',

  /**
   * The set takes over the object from another stack or from another tool.
   *
   * It takes over only the fields that it specifies; other fields do not change. When you remove the object from the set, the set gives the
   * object back: to the previous stack, with the content in that stack, or to the previous field managers, with the previous values. A field
   * that someone else has set in the meantime does not change.
   *
   * Other tools that manage the object can change it again. `kubectl apply`, manifests of aws-cdk-lib and `helm upgrade` with Helm 3
   * overwrite the values of the set without a warning. `kubectl apply --server-side` and `helm upgrade` with Helm 4 fail with a conflict until
   * the set gives the object back, unless they omit the field, set the same value, or use `--force-conflicts`. `docs/helm.md` describes each
   * case.
   * Do not take over the service account of an EKS add-on: set the role on the add-on instead.
   *
   * A Secret that no stack of this library owns is never taken over.
   *
   * If several stacks of an app define an object, only one can take it over. Otherwise, each would take it from the other at every update.
   *
   * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
   */
  TAKE_OVER = 'TAKE_OVER',
}
