import { ApiAnswer, ApiRequest, ApiServer, KubernetesError } from './api-server';
import { checkPathSegments, ImpossibleObject } from './path-segments';
import { nameOf } from '../../contract/identity';
import { isPathSegment, isRfc1035Label } from '../../contract/names';

/** An object as it travels: this client reads what is named here, and passes everything else on as it is. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** `default` if left out, for a kind that lives in namespaces. */
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** What each write has to pass: whoever has lost the right to write must not. */
export interface Fence {
  /** How long the API server may take for a write, in milliseconds: after that it takes no effect. */
  readonly timeout: number;
  /** Throws where nothing may be written any more. */
  check(): Promise<void>;
}

export interface ApplyOptions {
  /** The name under which the fields are managed. */
  readonly fieldManager: string;
  /** Checks everything and stores nothing. @default false */
  readonly dryRun?: boolean;
  /** Takes fields from their managers. @default false: a 409 with a cause `FieldManagerConflict` for each */
  readonly force?: boolean;
}

export interface RemoveOptions {
  /** What becomes of the objects that this one owns. @default Background */
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** A 409 unless the object is this very one. @default none */
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
  /** As in a path: plural; that of a subresource has a slash. */
  readonly name: string;
  readonly namespaced: boolean;
}

/**
 * What it takes to look after objects of any kind.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/
 */
export class KubernetesApi {
  private readonly resources = new Map<string, Promise<Resource[]>>();

  constructor(private readonly server: ApiServer, private readonly fence: Fence) {}

  /** Server-side apply; returns the object as it is then. */
  public async apply(object: KubernetesObject, { fieldManager, force, dryRun }: ApplyOptions): Promise<KubernetesObject> {
    const query = { fieldManager, ...STRICT, ...(force && { force: 'true' }) };
    // JSON is YAML, and the content type for JSON is younger than many a cluster
    const request = { method: 'PATCH', query, contentType: 'application/apply-patch+yaml', body: object } as const;
    return (dryRun ? await this.send('apply', object, dry(request)) : await this.write('apply', object, request)).body as KubernetesObject;
  }

  /** The object as it is in the cluster; undefined if it is not there, or cannot be. */
  public async get(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    return (await unlessAbsent(this.send('get', object, { method: 'GET' })))?.body as KubernetesObject | undefined;
  }

  /**
   * If what it changes is gone, it fails with a 404, or a 422 without causes. Here that is a conflict, as for any other change meanwhile.
   */
  public async patchJson(object: KubernetesObject, operations: PatchOperation[], fieldManager: string): Promise<KubernetesObject> {
    const query = { fieldManager, ...STRICT };
    try {
      return (await this.write('patch', object, { method: 'PATCH', query, contentType: 'application/json-patch+json', body: operations })).body as KubernetesObject;
    } catch (error) {
      if (error instanceof KubernetesError && (error.statusCode === 404 || (error.statusCode === 422 && error.causes.length === 0))) {
        throw new KubernetesError(`patch of ${nameOf(object)}`, 409, error.answer);
      }
      throw error;
    }
  }

  /** Whether the object could be created under another name: then it is the change of the one that is there which is refused. */
  public async isValidAsNew({ metadata: { name, ...metadata }, ...object }: KubernetesObject, fieldManager: string): Promise<boolean> {
    const named = { ...object, metadata: { ...metadata, name } } as KubernetesObject;
    const body = { ...object, metadata: { ...metadata, generateName: `${name}-` } };
    try {
      await this.send('validation', named, dry({ method: 'POST', query: { fieldManager, ...STRICT }, body }));
      return true;
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 422) {
        return false;
      }
      throw error;
    }
  }

  /** False if it was not there; finalizers may keep it for a while. */
  public async remove(object: KubernetesObject, { propagationPolicy = 'Background', preconditions }: RemoveOptions = {}): Promise<boolean> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy, preconditions };
    return (await unlessAbsent(this.write('delete', object, { method: 'DELETE', body }))) !== undefined;
  }

  private async write(verb: string, object: KubernetesObject, request: Request): Promise<ApiAnswer> {
    // the server begins to count when it has the request, and we when we begin to send it
    const { timeout } = this.fence;
    return this.send(verb, object, { ...request, timeout, query: { ...request.query, timeout: `${timeout}ms` } }, () => this.fence.check());
  }

  private async send(verb: string, object: KubernetesObject, request: Request, before?: () => Promise<void>): Promise<ApiAnswer> {
    const { apiVersion, kind, metadata: { name, namespace } } = object;
    const attempt = `${verb} of ${nameOf(object)}`;
    if (!isPathSegment(name)) { // would lead to the collection or to the namespace
      throw new Error(`${attempt} failed: metadata.name must be a name`);
    }
    checkPathSegments(attempt, object);
    const resource = await this.resourceFor(attempt, apiVersion, kind);
    const scope = resource.namespaced ? `namespaces/${encodeURIComponent(namespace ?? 'default')}/` : '';
    const collection = `${groupPath(apiVersion)}/${scope}${encodeURIComponent(resource.name)}`;
    await before?.();
    return this.server.send(attempt, { ...request, path: request.method === 'POST' ? collection : `${collection}/${encodeURIComponent(name)}` });
  }

  /**
   * A kind that is missing is looked for once more: its definition may be younger than what was learnt. The name of a subresource has
   * a slash in it, and is no label; an aggregated API server could answer with a name that leads to another path.
   */
  private async resourceFor(attempt: string, apiVersion: string, kind: string): Promise<Resource> {
    const find = async (resources: Promise<Resource[]>) => (await resources).find((r) => r.kind === kind && isRfc1035Label(r.name));
    const learnt = this.discover(apiVersion);
    const resource = await find(learnt) ?? await find(this.discover(apiVersion, learnt));
    if (!resource) {
      throw new KubernetesError(attempt, 404, `the cluster knows no ${kind} in ${apiVersion}`);
    }
    return resource;
  }

  /** What there is in a version of a group: fetched once, however many ask, unless what they have is `outdated`. */
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

/** What cannot be there is absent: the roll-back of a set must not fail for what was refused in it. */
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
