import { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, Result } from './commands';

/** A process that is killed closes its connections first. After this time, in milliseconds, it has ended. */
const END_OF_PROCESS = 1_000;

export interface Access {
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly adminToken: string;
  readonly kubeconfig: string;
}

/** The local AWS of a cluster, as far as a cluster and its principals use it. */
export interface SurroundingAws {
  readonly endpoint: string;
  /** Sends a request that control.py answers. */
  control(request: { do: string; [argument: string]: unknown }): Promise<any>;
  /** Runs the AWS CLI. */
  aws(args: string[], environment?: NodeJS.ProcessEnv): Promise<Result>;
}

export interface Answer {
  readonly status: number;
  readonly body: any;
}

/** An object for comparison in a test. `managers` are its field managers; `rest` is everything except the metadata. */
export interface Seen {
  readonly uid: string;
  readonly labels?: { [name: string]: string };
  readonly annotations?: { [name: string]: string };
  readonly managers: string[];
  readonly rest: any;
}

const LISTS = ['/api/v1/namespaces', '/api/v1/serviceaccounts', '/api/v1/configmaps', '/api/v1/secrets',
  '/apis/batch/v1/jobs', '/apis/rbac.authorization.k8s.io/v1/roles', '/apis/rbac.authorization.k8s.io/v1/rolebindings',
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'];

/** A cluster as its administrator sees it. The client shares no code with the library, so that the tests do not rely on what they test. */
export class TestCluster {
  constructor(public readonly aws: SurroundingAws, public readonly name: string, public readonly access: Access) {}

  /** The environment of a function with its own role. Unless `granted` is false, the role has access to the cluster. */
  public async functionEnvironment({ role = 'function', granted = true } = {}): Promise<NodeJS.ProcessEnv> {
    const { roleArn, ...credentials } = await this.aws.control({ do: 'credentials', role });
    if (granted) {
      await this.aws.control({ do: 'grant', name: this.name, role_arn: roleArn });
    }
    return {
      CLUSTER_NAME: this.name,
      CLUSTER_ENDPOINT: this.access.endpoint,
      CLUSTER_CERTIFICATE_AUTHORITY: this.access.certificateAuthority,
      STS_HOST: 'sts.us-west-2.amazonaws.com',
      EKS_ENDPOINT: this.aws.endpoint,
      AWS_REGION: 'us-west-2',
      ...credentials,
    };
  }

  public async send(method: string, path: string, body?: object, contentType = 'application/json', token = this.access.adminToken, accept = 'application/json'): Promise<Answer> {
    const payload = body && JSON.stringify(body);
    const sent = new Promise<IncomingMessage>((resolve, reject) => request(this.access.endpoint + path, {
      method,
      agent: false, // no proxy, even if the environment configures one
      ca: Buffer.from(this.access.certificateAuthority, 'base64'),
      headers: { authorization: `Bearer ${token}`, accept, ...(payload && { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }) },
    }, resolve).on('error', reject).end(payload));
    try {
      const response = await sent;
      const answer = await text(response);
      return { status: response.statusCode!, body: answer.startsWith('{') ? JSON.parse(answer) : answer };
    } catch (error) {
      await sleep(END_OF_PROCESS);
      await this.check();
      throw new Failure(`${method} ${path}: ${(error as Error).message}`);
    }
  }

  /** Throws if a component of the cluster has ended. The message has the end of its log. */
  public async check(): Promise<void> {
    await this.aws.control({ do: 'describe_cluster', name: this.name });
  }

  /** Like `send`, but returns the body, and throws if the status is not a success. */
  public async ask(method: string, path: string, body?: object, contentType?: string): Promise<any> {
    const { status, body: answer } = await this.send(method, path, body, contentType);
    if (status >= 300) {
      throw new Failure(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    }
    return answer;
  }

  /** A list in the format that kubectl prints. @see https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables */
  public async table(path: string): Promise<any> {
    return (await this.send('GET', path, undefined, undefined, undefined, 'application/json;as=Table;v=v1;g=meta.k8s.io')).body;
  }

  public async get(path: string): Promise<any | undefined> {
    const { status, body } = await this.send('GET', path);
    return status === 404 ? undefined : body;
  }

  /** The objects in some namespaces, the namespaces themselves, and all CustomResourceDefinitions. */
  public async look(...namespaces: string[]): Promise<{ [object: string]: Seen }> {
    const lists = await Promise.all(LISTS.map((path) => this.ask('GET', path)));
    const all = lists.flatMap(({ kind, items }) => items.map((item: any) => ({ kind: kind.replace(/List$/, ''), ...item })));
    const asked = all.filter(({ kind, metadata: { name, namespace } }) => kind === 'CustomResourceDefinition'
      || namespaces.includes(namespace ?? name) && !OF_KUBERNETES.includes(`${kind} ${name}`));
    return Object.fromEntries(asked.map(({ kind, apiVersion, metadata, ...rest }) => [`${kind} ${metadata.name}`, {
      uid: metadata.uid,
      labels: metadata.labels,
      annotations: metadata.annotations,
      managers: (metadata.managedFields ?? []).map(({ manager, operation, subresource }: any) => [manager, operation, subresource].filter(Boolean).join(' ')).sort(),
      rest,
    }]));
  }

  /** Creates an object as another tool would; `manager` is the field manager of that tool. */
  public async create(object: any, manager = 'kubectl-create'): Promise<any> {
    return this.ask('POST', `${collection(object)}?fieldManager=${manager}`, object);
  }

  public async patch(object: any, change: object, manager = 'kubectl-edit'): Promise<any> {
    return this.ask('PATCH', `${path(object)}?fieldManager=${manager}`, change, 'application/merge-patch+json');
  }

  public async applyAs(manager: string, object: any): Promise<Answer> {
    return this.send('PATCH', `${path(object)}?fieldManager=${manager}`, object, 'application/apply-patch+yaml');
  }

  public async find(object: any): Promise<any | undefined> {
    return this.get(path(object));
  }

  public async remove(object: any): Promise<void> {
    await this.ask('DELETE', path(object), { propagationPolicy: 'Background' });
    while (await this.find(object)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  public async makeNamespace(name: string): Promise<void> {
    await this.ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
}

const OF_KUBERNETES = ['ServiceAccount default', 'ConfigMap kube-root-ca.crt'];

function collection({ apiVersion, kind, metadata: { namespace } }: any): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${group}${namespace ? `/namespaces/${namespace}` : ''}/${kind.toLowerCase()}s`;
}

const path = (object: any) => `${collection(object)}/${object.metadata.name}`;
