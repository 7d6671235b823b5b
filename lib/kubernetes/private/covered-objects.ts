import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { policyFor, POLICIES } from './access-policies';
import { annotationsOf } from './annotations';
import { nameOfObject, PlainObject } from './object-set';
import { groupOf } from '../contract/identity';
import { IKubernetesCluster } from '../kubernetes-cluster-interface';

/** An error for each object that the function is not allowed to apply. With Kubernetes groups, only the cluster knows what it is allowed to do. */
export function uncovered(objects: PlainObject[], { node, _definition: { objectsAccess } }: IKubernetesCluster): string[] {
  const { namespaceNames, allowsRbac } = objectsAccess._definition;
  if (!namespaceNames) {
    return [];
  }
  const access = `objectsAccess of ${node.path}`;
  return objects.flatMap((object) => {
    const [policy, namespace] = [policyOf(object), namespaceOf(object)];
    if (policy === undefined) {
      return [`${nameOfObject(object)} cannot be applied with ${access}: the access policies of ObjectsAccess.namespaces(…) do not cover ${kindOf(object)}: `
        + 'create it with another tool, or set ObjectsAccess.clusterAdmin() or ObjectsAccess.kubernetesGroups(…)'];
    }
    if (policy === POLICIES.admin && !allowsRbac) {
      return [`${nameOfObject(object)} cannot be applied with ${access}: ${POLICIES.edit} does not cover ${kindOf(object)}: `
        + 'set allowRbac: true in ObjectsAccess.namespaces(…)'];
    }
    if (!Token.isUnresolved(namespace) && !namespaceNames.some((name) => Token.isUnresolved(name) || name === namespace)) {
      return [`${nameOfObject(object)} cannot be applied with ${access}: namespace ${namespace} is not one of ${namespaceNames.join(', ')}: `
        + 'add it to ObjectsAccess.namespaces(…)'];
    }
    return [];
  });
}

/** Warns of objects that the access policies cover, but that Kubernetes nevertheless refuses. */
export function warnOfRoles(set: Construct, objects: PlainObject[], cluster: IKubernetesCluster): void {
  const { allowsRbac } = cluster._definition.objectsAccess._definition;
  for (const object of objects.filter((each) => allowsRbac && policyOf(each) === POLICIES.admin)) {
    annotationsOf(set).addWarningV2('cdk-irsa:rbac-by-access-policy', `${nameOfObject(object)}: Kubernetes refuses it if it grants permissions that the function `
      + `does not have through RBAC. ${POLICIES.admin} does not count, see https://github.com/aws/containers-roadmap/issues/2682: `
      + 'use ObjectsAccess.kubernetesGroups(…) with the verbs escalate and bind instead');
  }
}

/** A kind that is known only at deployment might be covered by the narrowest policy. */
function policyOf({ apiVersion, kind }: PlainObject): string | undefined {
  return Token.isUnresolved(apiVersion) || Token.isUnresolved(kind) ? POLICIES.edit : policyFor(groupOf(`${apiVersion}`), `${kind}`);
}

const namespaceOf = ({ metadata }: PlainObject) => (metadata as { readonly namespace?: string | null }).namespace ?? 'default';

const kindOf = ({ apiVersion, kind }: PlainObject) => `${kind} of ${apiVersion}`;
