import { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request, Server } from 'node:https';
import { AddressInfo, createServer as createListener, Server as Listener } from 'node:net';
import { generate } from 'selfsigned';
import { answerWith, Fault } from './faults';
import type { Access } from '../../local-aws/test-cluster';

/** The request at which an invocation is killed, and whether that request still reaches the API server. */
export interface Kill {
  /** The number of the request, from 1. */
  readonly request: number;
  readonly reaches: boolean;
}

export interface PassageOptions {
  readonly kill?: Kill;
  /** Called with the number of each request, from 1, when it arrives. */
  readonly seen?: (request: number) => void;
  /** Called for each request. @default - all requests are answered as they should */
  readonly fault?: () => Fault | undefined;
}

/** A proxy between the invocations of the function and the API server. */
export class Proxy {
  public static async start(access: Access): Promise<Proxy> {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec', curve: 'P-256' } as any);
    return new Proxy(access, key, cert);
  }

  public readonly certificateAuthority: string;
  private readonly server: Server;
  private readonly upstream: Agent;
  private readonly passages = new Map<number, Passage>();

  private constructor(private readonly access: Access, key: string, cert: string) {
    this.certificateAuthority = Buffer.from(cert).toString('base64');
    this.upstream = new Agent({ ca: Buffer.from(access.certificateAuthority, 'base64'), keepAlive: true, maxSockets: 100 });
    this.server = createServer({ key, cert }, (incoming, response) => {
      const passage = this.passages.get(incoming.socket.localPort!);
      if (passage) {
        passage.take(incoming, response);
      }
    });
  }

  /** Opens a way to the API server for one invocation. */
  public async open(options: PassageOptions = {}): Promise<Passage> {
    const listener = createListener((socket) => {
      socket.on('error', () => undefined);
      this.server.emit('connection', socket);
    });
    await new Promise<void>((done) => listener.listen(0, 'localhost', done));
    const { port } = listener.address() as AddressInfo;
    const passage = new Passage(port, (incoming, response) => this.forward(incoming, response), listener, () => this.passages.delete(port), options);
    this.passages.set(port, passage);
    return passage;
  }

  public stop(): void {
    for (const passage of this.passages.values()) {
      passage.close();
    }
    this.upstream.destroy();
  }

  /** Forwards a request as the administrator. Resolves to a function that passes the answer on. */
  private forward(incoming: IncomingMessage, response: ServerResponse): Promise<() => void> {
    const { method, url, headers } = incoming;
    return new Promise((resolve, reject) => {
      const outgoing = request(this.access.endpoint + url, {
        method, agent: this.upstream, headers: { ...headers, host: new URL(this.access.endpoint).host, authorization: `Bearer ${this.access.adminToken}` },
      }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk)).on('error', reject).on('end', () => resolve(() => {
          response.writeHead(answer.statusCode!, answer.headers);
          response.end(Buffer.concat(chunks));
        }));
      });
      outgoing.on('error', reject);
      incoming.on('error', () => outgoing.destroy()); // the client has closed the connection
      incoming.pipe(outgoing);
    });
  }
}

type Forward = (incoming: IncomingMessage, response: ServerResponse) => Promise<() => void>;

/** The requests of one invocation. After it was killed, nothing passes in either direction. */
export class Passage {
  public readonly endpoint: string;
  /** The methods and paths that have arrived. */
  public readonly requests: string[] = [];
  /** Resolves when the invocation was killed and all its pending requests have ended. */
  public readonly killed: Promise<void>;
  private dead = false;
  private underWay = 0;
  private end!: () => void;

  constructor(
    port: number, private readonly forward: Forward, private readonly listener: Listener,
    private readonly forget: () => void, private readonly options: PassageOptions,
  ) {
    this.endpoint = `https://localhost:${port}`;
    this.killed = new Promise((resolve) => this.end = resolve);
  }

  public take(incoming: IncomingMessage, response: ServerResponse): void {
    if (this.dead) {
      incoming.resume();
      return;
    }
    const number = this.requests.push(`${incoming.method} ${incoming.url}`);
    const { kill, seen } = this.options;
    const isLast = number === kill?.request;
    const fault = isLast ? undefined : this.options.fault?.();
    seen?.(number);
    if (isLast && !kill.reaches) {
      incoming.resume();
      this.die();
      return;
    }
    if (fault && !fault.reaches) {
      incoming.resume().on('end', () => answerWith(fault, response));
      return;
    }
    if (incoming.method !== 'GET') {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk)).on('end', () => this.requests[number - 1] += ` ${Buffer.concat(chunks)}`);
    }
    this.underWay++;
    this.forward(incoming, response).then((answer) => {
      this.underWay--;
      if (isLast) {
        this.die();
      } else if (fault) {
        answerWith(fault, response);
      } else if (!this.dead) {
        answer();
      }
      this.settle();
    }, () => {
      this.underWay--;
      response.destroy();
      this.settle();
    });
  }

  public close(): void {
    this.forget();
    this.listener.close();
  }

  private die(): void {
    this.dead = true;
    this.settle();
  }

  private settle(): void {
    if (this.dead && this.underWay === 0) {
      this.end();
    }
  }
}
