import { request } from 'node:http';
import { json } from 'node:stream/consumers';

/** Asks a server of this machine, whatever proxies there are. */
export function post(port: number, body: object): Promise<any> {
  return new Promise((resolve, reject) => request({ host: '127.0.0.1', port, method: 'POST', agent: false }, (answer) => json(answer).then(resolve, reject))
    .on('error', reject).end(JSON.stringify(body)));
}
