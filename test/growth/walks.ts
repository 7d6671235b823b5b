/** How many elements and characters built-in functions have walked. V8 counts what is written in JavaScript only. */
export const walked: { [name: string]: number } = {};

/** Replaces a built-in function by one that counts its steps. */
function count(name: string, holder: object, property: string, steps: (self: any, result: any) => number): void {
  const builtIn = Reflect.get(holder, property) as (...args: unknown[]) => unknown;
  walked[name] = 0;
  Reflect.defineProperty(holder, property, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]) {
      const result = builtIn.apply(this, args);
      walked[name] += steps(this, result);
      return result;
    },
  });
}

// Once these are replaced, also `...`, `new Set(array)` and the like call them.
const iterators = { array: [].values(), string: ''[Symbol.iterator](), map: new Map().entries(), set: new Set().values() };
for (const [name, iterator] of Object.entries(iterators)) {
  count(`${name} iterator`, Object.getPrototypeOf(iterator), 'next', () => 1);
}
for (const method of ['fill', 'includes', 'indexOf', 'join', 'lastIndexOf', 'reverse', 'shift', 'splice', 'unshift']) {
  count(`array.${method}`, Array.prototype, method, ({ length }) => length);
}
for (const method of ['concat', 'flat', 'slice']) {
  count(`array.${method}`, Array.prototype, method, (_, { length }) => length);
}
for (const method of ['entries', 'keys', 'values']) {
  count(`Object.${method}`, Object, method, (_, { length }) => length);
}
count('JSON.stringify', JSON, 'stringify', (_, json) => json?.length ?? 0);
