import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

export const LIST = 's3:ListAllMyBuckets';

/** A cluster in which another account has a role, and what is asked about an account that may do something in the cluster. */
export const accessTo = (documents: object[], statements: object[] = [], more: object = {}) => verification.PodAccess.fromTemplates(clusterTemplate({
  Reader: accountRole('ops:reader', allow(LIST)),
  Role: accountRole('default:app', ...statements),
  Applied: objects(...documents, account('app', 'Role'), account('reader', 'Reader', 'ops')),
  ...more,
})).assume({ noOtherNodes: true });
export const decide = (documents: object[], action = LIST) => accessTo(documents).pod({ serviceAccountName: 'app' }).decide(action);

export const RBAC = 'rbac.authorization.k8s.io';
export const rbac = (kind: string, namespace: string | undefined, more: object, name = 'ci') =>
  ({ apiVersion: `${RBAC}/v1`, kind, metadata: { name, ...namespace && { namespace } }, ...more });
export const APP = { kind: 'ServiceAccount', name: 'app', namespace: 'default' };
export const everywhere = (name: string, subject: object = APP) =>
  rbac('ClusterRoleBinding', undefined, { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name }, subjects: [subject] });
export const within = (namespace: string, name: string, kind = 'ClusterRole') =>
  rbac('RoleBinding', namespace, { roleRef: { apiGroup: RBAC, kind, name }, subjects: [APP] });
export const rule = (apiGroup: string, resource: string, ...verbs: string[]) => ({ apiGroups: [apiGroup], resources: [resource], verbs });

/** A rule for objects with some names. */
export const ruleFor = (names: string[], ...what: Parameters<typeof rule>) => ({ ...rule(...what), resourceNames: names });
export const clusterRole = (...rules: object[]) => [rbac('ClusterRole', undefined, { rules }), everywhere('ci')];
export const role = (namespace: string, ...rules: object[]) => [rbac('Role', namespace, { rules }), within(namespace, 'ci', 'Role')];

/** A Secret of another namespace with an access key, whose user may request `sns:ListTopics`. */
export const KEY = {
  User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow('sns:ListTopics')] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
  Keys: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
      Objects: [{
        Json: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'ops' }, stringData: {} }),
        Values: [{ Path: '/stringData/key', Value: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } }],
      }],
    },
  },
};

/** A binding of the account to the administrator, as a text in YAML. */
export const BINDING = `apiVersion: ${RBAC}/v1
kind: ClusterRoleBinding
metadata:
  name: admins
roleRef:
  apiGroup: ${RBAC}
  kind: ClusterRole
  name: cluster-admin
subjects:
  - kind: ServiceAccount
    name: app
    namespace: default
`;
