// Resolves every relative import, whether or not the file exists, so that rules can be tested for folders that do not exist yet.
const { dirname, resolve } = require('node:path');

exports.interfaceVersion = 2;
exports.resolve = (source, file) => (source.startsWith('.') ? { found: true, path: `${resolve(dirname(file), source)}.ts` } : { found: false });
