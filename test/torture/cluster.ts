import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Identity } from './identities';
import type { Access } from '../../local-aws/test-cluster';

export interface Answer {
  readonly status: number;
  readonly body: any;
}

/** An object in the cluster, with its values by field and the managers of each field. */
export interface Sighting {
  readonly uid: string;
  readonly values: Map<string, string>;
  readonly managers: Map<string, Set<string>>;
  readonly annotations: string[];
  /** All managers of the object, including managers of other fields. */
  readonly allManagers: string[];
  readonly object: any;
}

/** The cluster as its administrator sees it, over persistent connections. */
export class Cluster {
  private readonly agent: Agent;

  constructor(private readonly access: Access) {
    this.agent = new Agent({ ca: Buffer.from(access.certificateAuthority, 'base64'), keepAlive: true, maxSockets: 50 });
  }

  public async send(method: string, path: string, body?: object, contentType = 'application/json'): Promise<Answer> {
    const payload = body && JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.access.adminToken}`,
      accept: 'application/json',
      ...(payload && { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      request(this.access.endpoint + path, { method, agent: this.agent, headers }, resolve).on('error', reject).end(payload));
    const answer = await text(response);
    return { status: response.statusCode!, body: answer.startsWith('{') ? JSON.parse(answer) : answer };
  }

  /** Like `send`, but throws if the request fails. */
  public async ask(method: string, path: string, body?: object, contentType?: string): Promise<any> {
    const answer = await this.send(method, path, body, contentType);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  public async see(identity: Identity): Promise<Sighting | undefined> {
    const { status, body } = await this.send('GET', identity.path);
    if (status === 404) {
      return undefined;
    }
    if (status !== 200) {
      throw new Error(`GET ${identity.path}: ${status}`);
    }
    return sighting(identity, body);
  }

  /** Deletes the object, and waits until it no longer exists. */
  public async remove(identity: Identity): Promise<void> {
    await this.send('DELETE', identity.path, { propagationPolicy: 'Background' });
    while ((await this.send('GET', identity.path)).status !== 404) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  public close(): void {
    this.agent.destroy();
  }
}

function sighting(identity: Identity, object: any): Sighting {
  const { uid, annotations = {}, managedFields = [] } = object.metadata;
  const values = new Map<string, string>();
  const managers = new Map<string, Set<string>>();
  for (const { name, get } of identity.fields) {
    const value = get(object);
    if (value !== undefined) {
      values.set(name, value);
    }
  }
  const entries = managedFields.filter(({ subresource }: any) => !subresource);
  for (const { manager, operation, fieldsV1 } of entries) {
    for (const { name, managed } of identity.fields) {
      if (managed.reduce((at, step) => at?.[step], fieldsV1)) {
        managers.set(name, (managers.get(name) ?? new Set()).add(`${operation} ${manager}`));
      }
    }
  }
  return {
    uid,
    values,
    managers,
    object,
    annotations: Object.keys(annotations).filter((name) => name.startsWith('cdk-irsa/')),
    allManagers: entries.map(({ manager, operation }: any) => `${operation} ${manager}`),
  };
}
