import { request } from 'node:http';
import { json } from 'node:stream/consumers';

/** A server of the local AWS. Each request needs the secret. */
export interface LoopbackServer {
  readonly port: number;
  readonly secret: string;
}

/** Sends a request without a proxy, even if the environment configures one. */
export function post({ port, secret }: LoopbackServer, body: object): Promise<any> {
  const headers = { 'authorization': `Bearer ${secret}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => request({ host: '127.0.0.1', port, method: 'POST', headers, agent: false }, (answer) => json(answer).then(resolve, reject))
    .on('error', reject).end(JSON.stringify(body)));
}
