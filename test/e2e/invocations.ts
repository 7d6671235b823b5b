import { TestStack } from './cloudformation';
import { isDry } from './killing';
import { skip, until } from './waiting';
import { ApiAnswer, ApiRequest, ApiServer } from '../../lib/kubernetes/function/client/api-server';
import { OnEventRequest } from '../../lib/kubernetes/function/event';

const never = new Promise<never>(() => undefined);

/** The requests of the function to the API server in the tests of a file. Can also kill an invocation. */
export class Invocations {
  /** All requests of this test, such as `GET /api/v1/namespaces/cdk-irsa/secrets`. */
  public sent: string[] = [];
  /** Those that have failed. */
  public failed: { readonly request: string; readonly error: unknown }[] = [];
  /** Those that change something, if they succeed. */
  public writes: string[] = [];
  /** The responses to those that have succeeded. */
  public answers: { readonly request: string; readonly body: any }[] = [];
  private slow: { readonly pattern: RegExp; left: number; readonly milliseconds: number }[] = [];
  private fatal?: { readonly at: number; readonly killed: () => void };
  private readonly dead = new WeakSet<ApiServer>();

  constructor() {
    beforeEach(() => {
      [this.sent, this.failed, this.writes, this.answers, this.slow] = [[], [], [], [], []];
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

  /** Lets time pass for the function while one of its next requests like this is in progress: the first, or the second, and so on. */
  public skipDuring(pattern: RegExp, nth: number, milliseconds: number): void {
    this.slow.push({ pattern, left: nth, milliseconds });
  }

  /** Waits until so many requests like this have been sent, from the first one or from a later position in `sent`. */
  public async sends(pattern: RegExp, { times = 1, from = 0 } = {}): Promise<void> {
    await until(() => this.sent.slice(from).filter((request) => pattern.test(request)).length >= times);
  }

  /** Waits until so many requests like this have failed. */
  public async fails(pattern: RegExp, times = 1): Promise<void> {
    await until(() => this.failed.filter(({ request }) => pattern.test(request)).length >= times);
  }

  private async pass(server: ApiServer, message: ApiRequest, send: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
    if (this.dead.has(server)) {
      return never;
    }
    const { fatal } = this;
    const request = `${message.method} ${message.path}`;
    if (message.method !== 'GET' && !isDry(message)) {
      this.writes.push(request);
    }
    this.slow.filter(({ pattern }) => pattern.test(request)).filter((each) => --each.left === 0).forEach(({ milliseconds }) => skip(milliseconds));
    if (this.sent.push(request) === fatal?.at) {
      this.dead.add(server);
      await send().catch(() => undefined);
      fatal.killed();
      return never;
    }
    const answer = await send().catch((error) => {
      this.failed.push({ request, error });
      throw error;
    });
    this.answers.push({ request, body: answer.body });
    return this.dead.has(server) ? never : answer;
  }
}
