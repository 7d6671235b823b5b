import { ApiRequest, ApiServer } from '../../lib/kubernetes/function/client/api-server';

/** What happens at a request: the invocation is killed before or after it, or the request fails or waits. */
type Rule = (attempt: string, request: ApiRequest) => 'before' | 'after' | Error | undefined | Promise<void>;

/** Kills one invocation at a request, by never continuing it. Resolves when that happens. */
export function killing(rule: Rule): Promise<void> {
  const { send } = ApiServer.prototype;
  const original = jest.isMockFunction(send) ? send.getMockImplementation() as typeof send : send;
  const dead = new Set<unknown>();
  return new Promise((resolve) => {
    let armed = true;
    jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
      const hang = () => new Promise<never>(() => undefined);
      if (dead.has(this)) {
        return hang();
      }
      const what = armed ? rule(attempt, request) : undefined;
      if (what instanceof Error) {
        throw what;
      }
      const die = () => {
        armed = false;
        dead.add(this);
        resolve();
        return hang();
      };
      if (what === 'before') {
        return die();
      }
      await what;
      const answer = await original.call(this, attempt, request);
      return what === 'after' ? die() : answer;
    });
  });
}

export const isDry = ({ query }: ApiRequest) => query?.dryRun !== undefined;
