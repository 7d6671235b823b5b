/**
 * Kubernetes objects that are rendered when the CDK app is synthesized.
 *
 * In TypeScript, Python and Go, a cdk8s `Chart` of any version is one as it is, and so is an object of your own with this method. In Java, pass a
 * lambda that calls `toJson` of the chart. In C#, pass an object of a class that implements this interface.
 *
 * @see https://cdk8s.io/docs/latest/basics/chart/
 */
export interface IKubernetesChart {
  /**
   * Returns the objects as plain data, each with `apiVersion`, `kind` and `metadata.name`. The library calls it several times while the app is
   * synthesized, and expects the same objects each time.
   */
  toJson(): any[];
}
