// Work whose growth is known, for growth.test.ts.
import type { Workload } from './growth';

const on = (work: (list: number[]) => unknown): Workload => (size) => {
  const list = Array.from({ length: size }, (_, i) => (i * 7_919) % size);
  return () => work(list);
};

export const constant = on(() => 1);
export const loop = on((list) => list.map((n) => n + 1));
export const sorting = on((list) => list.sort((one, other) => one - other));
export const loops = on((list) => {
  let sum = 0;
  for (const one of list) {
    for (let i = 0; i < list.length; i++) {
      sum += one;
    }
  }
  return sum;
});
export const callbacks = on((list) => list.map((one) => list.find((other) => other === one)));
export const includes = on((list) => list.map((one) => list.includes(one)));
export const spread = on((list) => list.reduce<number[]>((sofar, one) => [...sofar, one], []));
export const sets = on((list) => list.map((one) => new Set(list).has(one)));
export const keys = on((list) => list.map(() => Object.keys(list)));
export const json = on((list) => list.map(() => JSON.stringify(list)));
