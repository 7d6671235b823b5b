import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { RunningProcess, runningProcesses } from './marks';

/** A socket on which a process of a run listens. */
export interface Listener {
  readonly process: string;
  readonly kind: 'tcp' | 'udp' | 'unix';
  /** The path if it is a Unix socket. */
  readonly address: string;
  readonly port?: number;
}

const PROGRAMS = ['local_aws.py', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet'];

/** All processes of a run. They are in the process group of its first process. */
export function processesOf(first: number): RunningProcess[] {
  const all = runningProcesses();
  const group = all.find(({ pid }) => pid === first)!.group;
  return all.filter((each) => each.group === group);
}

/** The sockets on which the processes of a run listen, from /proc. */
export function listenersOf(processes: RunningProcess[]): Listener[] {
  const sockets = new Map([...inet('tcp', '0A'), ...inet('udp', '07'), ...unix()]);
  return processes.flatMap(({ pid, command }) => inodesOf(pid).flatMap((inode) => {
    const socket = sockets.get(inode);
    return socket ? [{ process: PROGRAMS.find((name) => command.includes(name)) ?? command, ...socket }] : [];
  }));
}

function inodesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.slice(1) ?? [];
    } catch {
      return []; // closed in the meantime
    }
  });
}

type Socket = Omit<Listener, 'process'>;

/** @see https://man7.org/linux/man-pages/man5/proc_pid_net.5.html */
function inet(kind: 'tcp' | 'udp', listening: string): [string, Socket][] {
  return [kind, `${kind}6`].flatMap((file) => table(file).map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === listening)
    .map(([, local, , , , , , , , inode]): [string, Socket] => {
      const [address, port] = local.split(':');
      return [inode, { kind, address: address === '0100007F' ? '127.0.0.1' : `${file} ${address}`, port: parseInt(port, 16) }];
    }));
}

/** 00010000 is the flag of a socket that accepts connections. */
function unix(): [string, Socket][] {
  return table('unix').map((line) => line.trim().split(/\s+/)).filter(([, , , flags]) => flags === '00010000')
    .map(([, , , , , , inode, path = 'unnamed']) => [inode, { kind: 'unix', address: basename(path) }]);
}

const table = (file: string) => readFileSync(`/proc/net/${file}`, 'utf8').trim().split('\n').slice(1);
