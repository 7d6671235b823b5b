/** A value of an object that a set or someone else can set, and its place in the object and in managedFields. */
export interface Field {
  readonly name: string;
  readonly get: (object: any) => string | undefined;
  readonly set: (object: any, value: string | null) => void;
  /** Its place in `fieldsV1`. */
  readonly managed: string[];
  /** Whether the API server rejects a change of the value. */
  readonly immutable?: boolean;
  /** Whether every object of the kind has the field. */
  readonly required?: boolean;
}

export interface Kind {
  readonly kind: string;
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly fields: Field[];
  /** What each object of the kind contains in addition to its fields. */
  readonly rest?: (name: string) => object;
}

/** The content that a set or someone else wants for an object, by field name. */
export type Content = { readonly [field: string]: string };

/** A field in a map, such as a label or a key in data. */
function key(name: string, ...path: string[]): Field {
  return {
    name,
    get: (object) => path.reduce((at, step) => at?.[step], object),
    set: (object, value) => {
      const last = path[path.length - 1];
      path.slice(0, -1).reduce((at, step) => at[step] ??= {}, object)[last] = value;
    },
    managed: path.map((step) => `f:${step}`),
  };
}

const LABEL = key('label', 'metadata', 'labels', 'team');
const NOTE = key('note', 'metadata', 'annotations', 'example.com/note');
const ROLE_ARN = key('role-arn', 'metadata', 'annotations', 'eks.amazonaws.com/role-arn');
/** Not part of any content, because only the function sets it, and others forge it. */
export const OWNER = key('owner', 'metadata', 'annotations', 'cdk-irsa/owner');

const COMMAND: Field = {
  name: 'command',
  get: (job) => job.spec.template.spec.containers[0].command?.[2],
  set: (job, value) => job.spec.template.spec.containers[0].command = ['sh', '-c', value],
  managed: ['f:spec', 'f:template', 'f:spec', 'f:containers', 'k:{"name":"main"}', 'f:command'],
  immutable: true,
  required: true,
};

const ROLE: Field = {
  name: 'role',
  get: (binding) => binding.roleRef.name,
  set: (binding, value) => binding.roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: value },
  managed: ['f:roleRef'],
  immutable: true,
  required: true,
};

const SUBJECT: Field = {
  name: 'subject',
  get: (binding) => binding.subjects?.[0]?.name,
  set: (binding, value) => binding.subjects = value === null ? null : [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: value }],
  managed: ['f:subjects'],
};

/** A Job without pods, because it does not matter what it runs. */
const JOB = () => ({
  spec: { parallelism: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'any' }] } } },
});

const DEFINITION = (name: string) => {
  const [plural, ...group] = name.split('.');
  return {
    spec: {
      group: group.join('.'),
      scope: 'Namespaced',
      names: { plural, singular: plural.slice(0, -1), kind: 'Widget' },
      versions: [{
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', additionalProperties: { type: 'string' } } } } },
      }],
    },
  };
};

const core = { apiVersion: 'v1', namespaced: true };
export const SERVICE_ACCOUNT: Kind = { ...core, kind: 'ServiceAccount', plural: 'serviceaccounts', fields: [LABEL, NOTE, ROLE_ARN] };
export const CONFIG_MAP: Kind = { ...core, kind: 'ConfigMap', plural: 'configmaps', fields: [LABEL, key('first', 'data', 'first'), key('second', 'data', 'second')] };
export const SECRET: Kind = { ...core, kind: 'Secret', plural: 'secrets', fields: [LABEL, key('first', 'data', 'first'), key('second', 'data', 'second')] };
export const NAMESPACE: Kind = { ...core, kind: 'Namespace', plural: 'namespaces', namespaced: false, fields: [LABEL, NOTE] };
export const JOB_KIND: Kind = { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespaced: true, fields: [LABEL, NOTE, COMMAND], rest: JOB };
export const ROLE_BINDING: Kind = {
  apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', plural: 'rolebindings', namespaced: true, fields: [LABEL, NOTE, ROLE, SUBJECT],
};
export const CUSTOM_RESOURCE_DEFINITION: Kind = {
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', plural: 'customresourcedefinitions', namespaced: false, fields: [LABEL, NOTE], rest: DEFINITION,
};

/** The kind that a CustomResourceDefinition defines. */
export const customResource = (group: string): Kind => ({
  apiVersion: `${group}/v1`, kind: 'Widget', plural: 'widgets', namespaced: true, fields: [LABEL, key('first', 'spec', 'first'), key('second', 'spec', 'second')],
});
