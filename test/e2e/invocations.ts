import { TestStack } from './cloudformation';
import { ApiRequest, ApiServer } from '../../lib/kubernetes/function/client/api-server';
import { OnEventRequest } from '../../lib/kubernetes/function/event';

const never = new Promise<never>(() => undefined);

/** The requests of the function to the API server in the tests of a file. Can also kill an invocation. */
export class Invocations {
  /** All requests of this test, such as `GET /api/v1/namespaces/cdk-irsa/secrets`. */
  public sent: string[] = [];
  private fatal?: { readonly at: number; readonly killed: () => void };
  private readonly dead = new WeakSet<ApiServer>();

  constructor() {
    beforeEach(() => {
      this.sent = [];
      const send = ApiServer.prototype.send;
      const invocations = this;
      jest.spyOn(ApiServer.prototype, 'send').mockImplementation(function (this: ApiServer, attempt: string, request: ApiRequest) {
        return invocations.pass(this, request, () => send.call(this, attempt, request));
      });
    });
  }

  /**
   * Delivers an event to an invocation that is killed after one of its requests, before the next one.
   *
   * @param at the number of that request, from 1.
   * @returns whether it was killed; otherwise it has ended before.
   */
  public async killed(stack: TestStack, event: OnEventRequest, at: number): Promise<boolean> {
    this.sent = [];
    const killed = new Promise<true>((resolve) => { this.fatal = { at, killed: () => resolve(true) }; });
    const ended = stack.deliver(event).then(() => false, () => false);
    return Promise.race([killed, ended]).finally(() => { this.fatal = undefined; });
  }

  private async pass<T>(server: ApiServer, { method, path }: ApiRequest, send: () => Promise<T>): Promise<T> {
    if (this.dead.has(server)) {
      return never;
    }
    const { fatal } = this;
    if (this.sent.push(`${method} ${path}`) === fatal?.at) {
      this.dead.add(server);
      await send().catch(() => undefined);
      fatal.killed();
      return never;
    }
    const answer = await send();
    return this.dead.has(server) ? never : answer;
  }
}
