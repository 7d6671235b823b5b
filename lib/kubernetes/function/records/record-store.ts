import { decode, encode, entriesOf, labelOf, nameOfRecord, SetRecord, stateOf } from './record';
import { RECORDS_NAMESPACE } from '../../contract/records';
import { ApiRequest, ApiServer, KubernetesError } from '../client/api-server';

/** A record in the list of all records. */
export interface RecordSummary {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
  /** Whether the function has written it. Otherwise, it is a copy or a forgery, or the function was killed before. */
  readonly isWritten: boolean;
}

/** A record in the cluster. */
export interface StoredRecord {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Undefined if the function has not written it: a copy describes other objects. */
  readonly record?: SetRecord;
}

interface Metadata {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels?: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
}

interface Secret { readonly metadata: Metadata; readonly data?: { readonly record?: string } }

const COLLECTION = `/api/v1/namespaces/${RECORDS_NAMESPACE}/secrets`;
/**
 * The annotation with the uid of the Secret, which the function writes after it has created the Secret. A copy, such as one from a backup, has another uid, and
 * whoever can create Secrets, but not change them, cannot know the uid in advance.
 */
const SELF = 'cdk-irsa/self';
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const SECRET = { apiVersion: 'v1', kind: 'Secret', type: 'cdk-irsa/record' };
const FIELD_MANAGER = 'cdk-irsa';
const CREATE_NAMESPACE = 'with this objectsAccess, the function cannot create the namespace of its records, so create it beforehand with '
  + `kubectl create namespace ${RECORDS_NAMESPACE}, and let only administrators and the function write Secrets in it`;

/**
 * The records of all sets in a cluster: one Secret for each, in a separate namespace.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables for lists without content
 */
export class RecordStore {
  /** @param timeout how long the API server can take for a write, in milliseconds. */
  constructor(private readonly server: ApiServer, private readonly timeout: number) {}

  /** All records without their content. A Secret whose name is not that of its owner is not a record. */
  public async list(): Promise<RecordSummary[]> {
    const { body } = await this.server.send('list of the records', { method: 'GET', path: COLLECTION, accept: METADATA_ONLY });
    // an empty list has no items
    return ((body as { items: { metadata: Metadata }[] | null }).items ?? [])
      .map(({ metadata: { labels = {}, annotations = {}, ...metadata } }) =>
        ({ ...metadata, labels, annotations, isWritten: metadata.uid === annotations[SELF] }))
      .filter(({ name, annotations: { 'cdk-irsa/owner': owner } }) => owner !== undefined && name === nameOfRecord(owner));
  }

  public async read(name: string): Promise<StoredRecord | undefined> {
    try {
      const { body } = await this.server.send(`get of record ${name}`, { method: 'GET', path: `${COLLECTION}/${name}` });
      return stored(body as Secret);
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Replaces the record that was read. Throws a 409 if it has changed since then. */
  public async write(owner: string, record: SetRecord, before: StoredRecord): Promise<StoredRecord> {
    const { name, uid, resourceVersion } = before;
    const labels = Object.fromEntries(entriesOf(record).map(([identity]) => [labelOf(identity), '']));
    const annotations = { ...recordAnnotations(owner, record), [SELF]: uid };
    const secret = { ...SECRET, metadata: { name, uid, resourceVersion, labels, annotations }, data: { record: encode(record) } };
    const { body } = await this.server.send(`update of record ${name}`, { method: 'PUT', path: `${COLLECTION}/${name}`, ...this.request(secret) });
    return stored(body as Secret);
  }

  /** Removes a record if it has not changed since it was read. */
  public async remove({ name, uid, resourceVersion }: StoredRecord): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid, resourceVersion } };
    await this.server.send(`delete of record ${name}`, { method: 'DELETE', path: `${COLLECTION}/${name}`, body });
  }

  /** Creates the Secret for a record without the record, so that its uid is known. Throws a 409 if it exists. */
  public async create(owner: string, record: SetRecord): Promise<StoredRecord> {
    const name = nameOfRecord(owner);
    const secret = { ...SECRET, metadata: { name, annotations: recordAnnotations(owner, record) } };
    const create = async () => {
      const { body } = await this.server.send(`creation of record ${name}`, { method: 'POST', path: COLLECTION, ...this.request(secret) });
      return stored(body as Secret);
    };
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof KubernetesError && error.statusCode === 404)) {
        throw error;
      }
      await this.createNamespace();
      return create();
    }
  }

  private request(body: object): Pick<ApiRequest, 'timeout' | 'query' | 'body'> {
    return { timeout: this.timeout, query: { fieldManager: FIELD_MANAGER, timeout: `${this.timeout}ms` }, body };
  }

  private async createNamespace(): Promise<void> {
    const attempt = `creation of namespace ${RECORDS_NAMESPACE}`;
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: RECORDS_NAMESPACE } };
    try {
      await this.server.send(attempt, { method: 'POST', path: '/api/v1/namespaces', query: { fieldManager: FIELD_MANAGER }, body });
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 403) {
        // still a 403, because new access can take some time to become effective
        throw new KubernetesError(attempt, 403, { reason: error.reason, message: `${error.words.text}: ${CREATE_NAMESPACE}` });
      }
      if (!(error instanceof KubernetesError && error.statusCode === 409)) {
        throw error;
      }
    }
  }
}

function recordAnnotations(owner: string, record: SetRecord): { [name: string]: string } {
  const [, , stack, resource] = owner.split('/');
  return {
    'cdk-irsa/owner': owner,
    'cdk-irsa/stack': stack,
    'cdk-irsa/resource': resource,
    'cdk-irsa/objects': `${Object.keys(record.current.objects).length}`,
    'cdk-irsa/state': stateOf(record),
    'cdk-irsa/event': `${record.event.type} ${record.event.time}`,
  };
}

const stored = ({ metadata: { name, uid, resourceVersion, annotations = {} }, data }: Secret): StoredRecord =>
  ({ name, uid, resourceVersion, record: annotations[SELF] === uid ? decode(name, data?.record) : undefined });
