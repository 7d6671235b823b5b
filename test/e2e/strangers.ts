import { spawnSync } from 'node:child_process';
import { request as http, RequestOptions } from 'node:http';
import { request as https } from 'node:https';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';

/** A request without credentials. */
export interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly headers?: { [name: string]: string };
  readonly body?: string;
}

/** The response: a status, or the code of an error. */
export interface Reply {
  readonly status: string;
  readonly headers: { [name: string]: unknown };
  readonly body: string;
}

/** Sends a request to a port of this machine, as other users can. */
export async function send(port: number, { method, path, headers, body }: Attempt): Promise<Reply> {
  const options: RequestOptions & { rejectUnauthorized: boolean } = { host: '127.0.0.1', port, method, path, headers, agent: false, rejectUnauthorized: false };
  const request = await speaksTls(port) ? https : http;
  return new Promise((resolve) => request(options, async (answer) => {
    resolve({ status: String(answer.statusCode), headers: answer.headers, body: await text(answer) });
  }).on('error', (error: NodeJS.ErrnoException) => resolve({ status: error.code!, headers: {}, body: '' })).end(body));
}

function speaksTls(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(true);
      socket.destroy();
    }).on('error', () => resolve(false));
  });
}

/** The files and folders that another user can read or enter. Needs root, because only root can become another user. */
export function readableByOthers(paths: string[]): string[] {
  const nobody = 65534;
  const { stdout, error } = spawnSync('/bin/sh', ['-c', 'for path; do if [ -r "$path" ] || [ -x "$path" ]; then echo "$path"; fi; done', 'sh', ...paths], { uid: nobody, gid: nobody, encoding: 'utf8', cwd: '/' });
  if (error) {
    throw error;
  }
  return stdout.split('\n').filter(Boolean);
}
