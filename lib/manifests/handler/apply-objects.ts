import { setTimeout } from 'node:timers/promises';
import { ApiServer, KubernetesError } from './api-server';
import { clusterTokens } from './cluster-token';
import { KubernetesApi, KubernetesObject } from './kubernetes-api';

/** CloudFormation turns every scalar into a string, so that objects travel as JSON. */
interface Properties {
  readonly Objects: string[];
  readonly Overwrite?: 'true';
  readonly CreateOnly?: 'true';
}

/** What the provider framework hands to `onEvent`. */
interface OnEventRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly LogicalResourceId: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
}

interface OnEventResponse {
  readonly PhysicalResourceId: string;
}

/** How long a kind that the set itself defines may take to be served, in milliseconds. */
const DEFINITION_PATIENCE = 10_000;

export async function handler(event: OnEventRequest): Promise<OnEventResponse> {
  const wanted = event.RequestType === 'Delete' ? undefined : event.ResourceProperties;
  const had = event.RequestType === 'Delete' ? event.ResourceProperties : event.OldResourceProperties;
  const server = new ApiServer({
    endpoint: environment('CLUSTER_ENDPOINT'),
    certificateAuthority: environment('CLUSTER_CERTIFICATE_AUTHORITY'),
    token: clusterTokens(environment('CLUSTER_NAME'), environment('STS_HOST')),
  });
  try {
    const api = new KubernetesApi(server);
    await applyAll(api, wanted);
    await removeLeft(api, had, wanted);
  } finally {
    server.close(); // a kept connection would not survive the pause until the next event
  }
  return { PhysicalResourceId: event.PhysicalResourceId ?? event.LogicalResourceId };
}

async function applyAll(api: KubernetesApi, properties?: Properties): Promise<void> {
  const objects = parse(properties);
  const patience = objects.some(({ kind }) => kind === 'CustomResourceDefinition') ? DEFINITION_PATIENCE : 0;
  for (const object of objects) {
    await unlessServedLater(Date.now() + patience, () => (properties?.CreateOnly
      ? createUnlessThere(api, object)
      : api.apply(object, { fieldManager: 'cdk-irsa', force: properties?.Overwrite === 'true' })));
  }
}

/** What is no longer wanted, last first. Nothing where it was only made sure that it is there. */
async function removeLeft(api: KubernetesApi, had?: Properties, wanted?: Properties): Promise<void> {
  const kept = new Set(parse(wanted).map(identity));
  const left = had?.CreateOnly ? [] : parse(had).filter((object) => !kept.has(identity(object)));
  for (const object of left.reverse()) {
    await api.remove(object);
  }
}

/** A resourceVersion lets server-side apply create an object, and makes it a conflict where there is one. */
async function createUnlessThere(api: KubernetesApi, object: KubernetesObject): Promise<void> {
  try {
    await api.apply({ ...object, metadata: { ...object.metadata, resourceVersion: '1' } }, { fieldManager: 'cdk-irsa' });
  } catch (error) {
    if (!(error instanceof KubernetesError && error.statusCode === 409)) {
      throw error;
    }
  }
}

/** A kind is not served as soon as its definition is stored: until the deadline, a 404 means wait. */
async function unlessServedLater(deadline: number, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof KubernetesError && error.statusCode === 404 && Date.now() < deadline)) {
      throw error;
    }
    await setTimeout(100);
    await unlessServedLater(deadline, work);
  }
}

function environment(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is not set`);
  }
  return value;
}

const parse = (properties?: Properties): KubernetesObject[] => (properties?.Objects ?? []).map((json) => JSON.parse(json));

/** Equal for two texts of one object: another version of its API, or `default` written out, does not make it another. */
const identity = ({ apiVersion, kind, metadata }: KubernetesObject) =>
  [apiVersion.replace(/\/?[^/]*$/, ''), kind, metadata.namespace ?? 'default', metadata.name].join('/');
