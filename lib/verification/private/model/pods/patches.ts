import { mayChangeCredentials } from './changed-credentials';
import { Findings } from '../../findings/findings';
import { parseJson } from '../../values/json-text';
import { Text } from '../../values/text';
import { isOfRbac } from '../objects/patched-rbac';
import { StackResources } from '../stack-resources';

/**
 * Adds a finding for each patch of aws-cdk that may change which credentials pods get. Those of roles and bindings are read.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.KubernetesPatch.html
 */
export function findPatches(resources: StackResources, findings: Findings): void {
  for (const resource of resources.ofType('Custom::AWSCDK-EKS-KubernetesPatch').filter((one) => !isOfRbac(one))) {
    const patch = resource.property('ApplyPatchJson');
    const parsed = patch instanceof Text ? parseJson(patch) : { value: patch };
    const cluster = resource.cluster('ClusterName');
    if ('problem' in parsed || mayChangeCredentials(parsed.value)) {
      findings.addGap('pod-mutator', `the patch ${resource.logicalId} can change the credentials of pods after their manifests are applied`,
        resource.place(), cluster ? { cluster } : 'everything');
    }
  }
}
