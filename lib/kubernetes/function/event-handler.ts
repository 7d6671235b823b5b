import { ApiServer } from './api-server';
import { SetApplier } from './apply-set';
import { clusterTokens } from './cluster-token';
import { ClusterWatch } from './cluster-watch';
import { presentable } from './errors';
import type { OnEventRequest, OnEventResponse } from './event';
import { KubernetesApi, KubernetesObject } from './kubernetes-api';
import type { Limits } from './limits';
import { parse, parseApplied } from './objects';
import { Patience } from './patience';
import { SetRemover } from './remove-set';
import { resourceId, sameResource } from './resource-id';
import type { FunctionEnvironment } from '../contract/environment';
import { identity } from '../contract/identity';
import type { Properties } from '../contract/properties';

/** The function, with its time as given. */
export function handlerWithin(limits: Limits): (event: OnEventRequest) => Promise<OnEventResponse> {
  return async (event) => {
    const server = new ApiServer({
      endpoint: environment('CLUSTER_ENDPOINT'),
      certificateAuthority: environment('CLUSTER_CERTIFICATE_AUTHORITY'),
      token: clusterTokens(environment('CLUSTER_NAME'), environment('STS_HOST')),
    });
    try {
      return { PhysicalResourceId: await new Resource(event, new KubernetesApi(server), limits).respond() };
    } catch (error) {
      throw presentable(error);
    } finally {
      server.close(); // a kept connection would not survive the pause until the next event
    }
  };
}

interface GiveUpOptions {
  /** In milliseconds since the event came. */
  readonly until?: number;
  readonly except?: Set<KubernetesObject>;
  readonly again?: (error: unknown) => Promise<void>;
}

/** One event of one resource. */
class Resource {
  private readonly start = Date.now();

  constructor(private readonly event: OnEventRequest, private readonly api: KubernetesApi, private readonly limits: Limits) {}

  /** Does what the event asks for, and returns the id that the resource has then. */
  public async respond(): Promise<string> {
    const { RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties } = this.event;
    const id = resourceId(this.event, ResourceProperties);
    switch (RequestType) {
      case 'Create':
        await this.create(id);
        return id;
      case 'Update': {
        const before = resourceId(this.event, OldResourceProperties!);
        if (before !== PhysicalResourceId) {
          // the rollback of an update that failed, or that never answered: its id is lost to CloudFormation
          await this.giveUp(before, OldResourceProperties!, { until: this.limits.work });
        }
        await this.applier(id, OldResourceProperties).apply();
        return id;
      }
      case 'Delete':
        // a Create that never answered has left CloudFormation with an id of its own
        await this.delete(sameResource(PhysicalResourceId!, id) ? PhysicalResourceId! : id);
        return PhysicalResourceId!;
    }
  }

  /** The framework answers the Delete after a failed Create itself, so that it must be undone here. */
  private async create(id: string): Promise<void> {
    const applier = this.applier(id);
    try {
      await applier.apply();
    } catch (error) {
      if (applier.begun) {
        await this.giveUp(id, this.event.ResourceProperties, { except: applier.retained }).catch((undoing: Error) => {
          throw new Error(`what was done could not be undone: ${undoing.message}\nwhat had failed: ${(error as Error).message}`, { cause: error });
        });
      }
      throw error;
    }
  }

  private applier(id: string, old?: Properties): SetApplier {
    const { ResourceProperties: properties } = this.event;
    // a cluster that takes the place of another has none of it
    const before = new Map(old?.Cluster === properties.Cluster ? parseApplied(old).map((object) => [identity(object), object]) : []);
    return new SetApplier(this.api, new Patience(this.start + this.limits.work, this.limits), parse(properties).map((object) => ({
      object,
      id,
      existing: properties.Existing,
      before: before.get(identity(object)),
    })));
  }

  private async giveUp(id: string, properties: Properties, { until = this.limits.all, except, again }: GiveUpOptions = {}): Promise<void> {
    const kept = new Set([...except ?? []].map(identity));
    const objects = parseApplied(properties).filter((object) => !kept.has(identity(object)));
    await new SetRemover(this.api, new Patience(this.start + until, this.limits), id, properties).remove(objects, again);
  }

  private async delete(id: string): Promise<void> {
    const { StackId, LogicalResourceId } = this.event;
    const watch = new ClusterWatch({
      name: environment('CLUSTER_NAME'), eksEndpoint: environment('EKS_ENDPOINT'), stack: StackId.split('/')[1], logicalId: LogicalResourceId,
    });
    try {
      await this.giveUp(id, this.event.ResourceProperties, { again: (error) => watch.check(error) });
    } catch (error) {
      if (!watch.gone) {
        throw watch.wayOut ? new Error(`${watch.wayOut}\n${(error as Error).message}`, { cause: error }) : error;
      }
      console.log(`${watch.gone}: there is nothing left to delete`);
    }
  }
}

function environment(name: keyof FunctionEnvironment): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is not set`);
  }
  return value;
}
