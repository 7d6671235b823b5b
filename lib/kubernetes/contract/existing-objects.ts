/** What happens to an object that is in the cluster already, and that this stack does not own. */
export enum ExistingObjects {
  /** It is an error that names its owner. Nothing is changed. */
  REFUSE = 'REFUSE',

  /**
   * The set creates an object that is absent, changes nothing that exists, and deletes nothing: for objects that nobody owns alone, such
   * as a namespace.
   */
  KEEP = 'KEEP',

  /**
   * The set takes over the object, from another stack or from outside.
   *
   * It takes only the fields that it sets, from whoever manages them; other fields stay. When the object leaves the set, the set gives it
   * back: to the stack that had it, with the content of that stack's set, or to whoever managed it before, with the values that these
   * fields had. A field that someone else has set in the meantime stays as it is.
   *
   * Whoever still manages the object will act on it again. `kubectl apply`, the manifests of aws-cdk-lib, and `helm upgrade` of Helm 3 set
   * their values again, without asking. `kubectl apply --server-side` and `helm upgrade` of Helm 4 fail with a conflict until the set gives
   * the object back, or until they leave the field out, set the same value, or force the conflict. `docs/helm.md` says what these
   * tools do, case by case. Do not take over the service account of an EKS add-on: set the role on the add-on instead.
   *
   * A Secret from outside is never taken over.
   *
   * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
   */
  TAKE_OVER = 'TAKE_OVER',
}
