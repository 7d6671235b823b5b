/** The same numbers from 0 to 1 in each run. @see https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = state * 48_271 % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A CustomResourceDefinition of about this many bytes. gzip and base64 make it about five times smaller, like a real one. */
export function largeDefinition(name: string, bytes: number) {
  const random = randomNumbers(bytes);
  const oneOf = (items: string[]) => items[Math.floor(items.length * random() * random())];
  const several = <T>(count: number, item: () => T) => Array.from({ length: count }, item);
  const words = several(500, () => several(2 + 8 * random(), () => String.fromCharCode(97 + 26 * random())).join(''));
  const sentences = several(bytes / 1_500, () => several(20, () => oneOf(words)).join(' '));
  const properties = Object.fromEntries(several(bytes / 180, () => oneOf(words))
    .map((word, i) => [`${word}${i}`, { description: oneOf(sentences), type: 'string' }]));
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${name}.example.com` },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: name, kind: name },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties } } }],
    },
  };
}

/** A ConfigMap with this many bytes of data that does not become smaller with gzip and base64. */
export function incompressible(name: string, bytes: number) {
  const random = randomNumbers(bytes);
  const characters = Array.from({ length: bytes }, () => String.fromCharCode(35 + 57 * random())); // characters from # to [, which JSON does not escape
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { random: characters.join('') } };
}
