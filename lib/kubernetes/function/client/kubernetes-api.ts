import { ApiAnswer, ApiRequest, ApiServer, KubernetesError } from './api-server';
import type { KubernetesObject } from './kubernetes-object';
import { checkPathSegments, ImpossibleObject } from './path-segments';
import { nameOf } from '../../contract/identity';
import { isPathSegment, isRfc1035Label } from '../../contract/names';

/** A check before each write: an invocation that has lost the right to write must not write any more. */
export interface Fence {
  /** How long the API server can take for a write, in milliseconds. After that, the write has no effect. */
  readonly timeout: number;
  /** Throws if the invocation must not write any more. */
  check(): Promise<void>;
}

export interface ApplyOptions {
  /** The name under which the fields are managed. */
  readonly fieldManager: string;
  /** Checks everything and stores nothing. @default false */
  readonly dryRun?: boolean;
  /** Takes over fields from their managers. @default false: a 409 with a cause `FieldManagerConflict` for each */
  readonly force?: boolean;
}

export interface PreviewOptions extends Pick<ApiRequest, 'connections' | 'timeout'> {
  /** The name under which the fields would be managed. */
  readonly fieldManager: string;
}

export interface RemoveOptions {
  /** What happens to the dependents of this object. @default Background */
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** A 409 unless they match the object. @default none */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

/** One step of a JSON patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

type Request = Omit<ApiRequest, 'path'>;

interface Resource {
  readonly kind: string;
  /** The plural name in paths. The name of a subresource contains a slash. */
  readonly name: string;
  readonly namespaced: boolean;
}

/**
 * Operations on Kubernetes objects of any kind.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/
 */
export class KubernetesApi {
  private readonly resources = new Map<string, Promise<Resource[]>>();

  constructor(private readonly server: ApiServer, private readonly fence: Fence) {}

  /** Server-side apply. Returns the resulting object. */
  public async apply(object: KubernetesObject, { fieldManager, force, dryRun }: ApplyOptions): Promise<KubernetesObject> {
    const query = { fieldManager, ...STRICT, ...(force && { force: 'true' }) };
    // JSON is YAML, and older clusters do not have the content type for JSON
    const request = { method: 'PATCH', query, contentType: 'application/apply-patch+yaml', body: object } as const;
    return (dryRun ? await this.send('apply', object, dry(request)) : await this.write('apply', object, request)).body as KubernetesObject;
  }

  /** The object in the cluster; undefined if it does not exist or cannot exist. */
  public async get(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    return (await unlessAbsent(this.send('get', object, { method: 'GET' })))?.body as KubernetesObject | undefined;
  }

  /**
   * Applies a JSON patch. If the object or a patched field no longer exists, the API server returns a 404, or a 422 without causes. This method
   * treats that as a conflict, like any other concurrent change.
   */
  public async patchJson(object: KubernetesObject, operations: PatchOperation[], fieldManager: string): Promise<KubernetesObject> {
    const query = { fieldManager, ...STRICT };
    try {
      return (await this.write('patch', object, { method: 'PATCH', query, contentType: 'application/json-patch+json', body: operations })).body as KubernetesObject;
    } catch (error) {
      if (error instanceof KubernetesError && (error.statusCode === 404 || (error.statusCode === 422 && error.causes.length === 0))) {
        throw new KubernetesError(`patch of ${nameOf(object)}`, 409, error.words.text);
      }
      throw error;
    }
  }

  /** Whether the object could be created under another name. If so, it is the change of the existing object that is not allowed. */
  public async isValidAsNew(object: KubernetesObject, fieldManager: string): Promise<boolean> {
    try {
      await this.preview(object, { fieldManager });
      return true;
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 422) {
        return false;
      }
      throw error;
    }
  }

  /** The object as it would be created, under a generated name that starts with its own. Stores nothing. */
  public async preview(object: KubernetesObject, { fieldManager, ...request }: PreviewOptions): Promise<KubernetesObject> {
    const { name, ...metadata } = object.metadata;
    const body = { ...object, metadata: { ...metadata, generateName: `${name}-` } };
    return (await this.send('validation', object, dry({ method: 'POST', query: { fieldManager, ...STRICT }, body, ...request }))).body as KubernetesObject;
  }

  /** Returns false if the object did not exist. Finalizers can delay the deletion. */
  public async remove(object: KubernetesObject, { propagationPolicy = 'Background', preconditions }: RemoveOptions = {}): Promise<boolean> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy, preconditions };
    return (await unlessAbsent(this.write('delete', object, { method: 'DELETE', body }))) !== undefined;
  }

  private async write(verb: string, object: KubernetesObject, request: Request): Promise<ApiAnswer> {
    // the server measures from the arrival of the request, and we measure from the start of sending
    const { timeout } = this.fence;
    return this.send(verb, object, { ...request, timeout, query: { ...request.query, timeout: `${timeout}ms` } }, () => this.fence.check());
  }

  private async send(verb: string, object: KubernetesObject, request: Request, before?: () => Promise<void>): Promise<ApiAnswer> {
    const { apiVersion, kind, metadata: { name, namespace } } = object;
    const attempt = `${verb} of ${nameOf(object)}`;
    if (!isPathSegment(name)) { // the path would lead to the collection or the namespace
      throw new Error(`${attempt} failed: metadata.name must be a valid name`);
    }
    checkPathSegments(attempt, object);
    const resource = await this.resourceFor(attempt, apiVersion, kind);
    const scope = resource.namespaced ? `namespaces/${encodeURIComponent(namespace ?? 'default')}/` : '';
    const collection = `${groupPath(apiVersion)}/${scope}${encodeURIComponent(resource.name)}`;
    await before?.();
    return this.server.send(attempt, { ...request, path: request.method === 'POST' ? collection : `${collection}/${encodeURIComponent(name)}` });
  }

  /**
   * Discovery is repeated for a missing kind, because its definition could be newer than the cached result. The name of a subresource contains
   * a slash and is not a label. An aggregated API server could return a name that leads to another path.
   */
  private async resourceFor(attempt: string, apiVersion: string, kind: string): Promise<Resource> {
    const find = async (resources: Promise<Resource[]>) => (await resources).find((r) => r.kind === kind && isRfc1035Label(r.name));
    const learnt = this.discover(apiVersion);
    const resource = await find(learnt) ?? await find(this.discover(apiVersion, learnt));
    if (!resource) {
      throw new KubernetesError(attempt, 404, `the cluster has no kind ${kind} in ${apiVersion}`);
    }
    return resource;
  }

  /** The resources in a version of an API group. They are fetched only once, unless the cached result is `outdated`. */
  private discover(apiVersion: string, outdated?: Promise<Resource[]>): Promise<Resource[]> {
    const known = this.resources.get(apiVersion);
    if (known && known !== outdated) {
      return known;
    }
    const fetched = unlessAbsent(this.server.send(`discovery of ${apiVersion}`, { method: 'GET', path: groupPath(apiVersion) }))
      .then((answer) => (answer?.body as { resources: Resource[] } | undefined)?.resources ?? []);
    fetched.catch(() => this.resources.delete(apiVersion));
    this.resources.set(apiVersion, fetched);
    return fetched;
  }
}

const groupPath = (apiVersion: string) => `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion.split('/').map(encodeURIComponent).join('/')}`;

const STRICT = { fieldValidation: 'Strict' };

const dry = (request: Request): Request => ({ ...request, query: { ...request.query, dryRun: 'All' } });

/** Treats an object that cannot exist as absent, so that the rollback of a set does not fail for an object that was rejected. */
async function unlessAbsent(answer: Promise<ApiAnswer>): Promise<ApiAnswer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ImpossibleObject || (error instanceof KubernetesError && error.statusCode === 404)) {
      return undefined;
    }
    throw error;
  }
}
