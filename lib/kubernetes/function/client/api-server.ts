import type { IncomingMessage } from 'node:http';
import { Agent, request as sendRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { StatusCause, SafeMessage, withoutValues } from './safe-message';
import { TIMEOUTS } from '../../contract/timeouts';

interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: StatusCause[] };
}

/** An error response of the API server. */
export class KubernetesError extends Error {
  public readonly reason?: string;
  public readonly causes: StatusCause[];
  /** What the API server says, without values. */
  public readonly words: SafeMessage;

  /** @param answer a `Status`, or plain text such as `404 page not found`. */
  constructor(attempt: string, public readonly statusCode: number, answer: Status | string) {
    const { message, reason, details } = typeof answer === 'string' ? { message: answer.trim() } as Status : answer;
    const causes = details?.causes ?? [];
    const words = withoutValues(statusCode, message ?? '', causes);
    super(`${attempt} failed: ${[[statusCode, reason].filter(Boolean).join(' '), words.text].filter(Boolean).join(': ')}`);
    this.name = 'KubernetesError';
    this.words = words;
    this.reason = reason;
    this.causes = causes;
  }
}

export interface ApiServerOptions {
  readonly endpoint: string;
  /** Base64-encoded PEM, as Amazon EKS returns it. */
  readonly certificateAuthority: string;
  /** Returns the bearer token. It is called for every request. */
  readonly token: () => Promise<string>;
  /** The time limit of a request, in milliseconds. @default TIMEOUTS.request */
  readonly timeout?: number;
}

export interface ApiRequest {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** Case-sensitive and already escaped. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  readonly contentType?: string;
  /** The content type of the response. @default application/json */
  readonly accept?: string;
  /** @default - the persistent connections */
  readonly connections?: Connections;
  /** The time limit in milliseconds, including the wait for a connection. @default - the time limit of the server */
  readonly timeout?: number;
  readonly body?: unknown;
}

export interface ApiAnswer {
  readonly statusCode: number;
  readonly body: unknown;
}

/** New connections, each of which can lead to another API server of the cluster, and always leads to the same one. */
export class Connections {
  /** So few that many requests share the cost of a connection, and enough to keep two processors busy. */
  public readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });

  public close(): void {
    this.agent.destroy();
  }
}

/** Exchanges JSON with a Kubernetes API server over persistent connections. */
export class ApiServer {
  private readonly ca: Buffer;
  private readonly agent: Agent;
  private readonly timeout: number;

  constructor(private readonly options: ApiServerOptions) {
    this.timeout = options.timeout ?? TIMEOUTS.request;
    this.ca = Buffer.from(options.certificateAuthority, 'base64');
    this.agent = new Agent({ ca: this.ca, keepAlive: true, maxSockets: 10 });
  }

  /** @param attempt the operation, for error messages: `apply of ServiceAccount default/reader`. */
  public async send(attempt: string, request: ApiRequest): Promise<ApiAnswer> {
    const { method, path, query, contentType = 'application/json', accept = 'application/json', body, timeout = this.timeout, connections } = request;
    const { endpoint, token } = this.options;
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = {
      accept,
      authorization: `Bearer ${await token()}`,
      // Node.js sends the body of a DELETE without a length, and the server then treats it as empty
      ...(payload && { 'content-type': contentType, 'content-length': payload.length }),
    };
    const signal = AbortSignal.timeout(timeout);
    const options = { agent: connections?.agent ?? this.agent, ca: this.ca, method, path: query ? `${path}?${new URLSearchParams(query)}` : path, headers, signal };
    let statusCode: number;
    let answer: string;
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => sendRequest(endpoint, options, resolve).on('error', reject).end(payload));
      statusCode = response.statusCode!;
      answer = await text(response);
    } catch (error) {
      throw new Error(`${attempt} failed: ${signal.aborted ? `no response within ${timeout} ms` : (error as Error).message}`, { cause: error });
    }
    const json = parse(answer);
    if (statusCode >= 300 || json === undefined) {
      throw new KubernetesError(attempt, statusCode, json ?? answer);
    }
    return { statusCode, body: json };
  }

  /** Closes the connections. */
  public close(): void {
    this.agent.destroy();
  }
}

function parse(json: string) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
