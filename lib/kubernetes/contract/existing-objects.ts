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
   * back: to the stack that had it, or to nobody. The object keeps the values that it has then, except that a service account names its
   * former role again. Managers that lost a field do not get it back: they have to set it again.
   *
   * Whoever still manages the object will act on it again. `kubectl apply`, `helm upgrade` of Helm 3 and the manifests of aws-cdk-lib take
   * their values back without asking. `helm upgrade` of Helm 4 and `kubectl apply --server-side` fail with a conflict until they drop the
   * field, set the same value, or force. Do not take over the service account of an EKS add-on: set the role on the add-on instead.
   *
   * A Secret from outside is never taken over.
   *
   * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
   */
  TAKE_OVER = 'TAKE_OVER',
}
