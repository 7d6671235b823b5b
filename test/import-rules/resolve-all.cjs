// Resolves every relative import, whether the file exists or not: rules can be tested for folders that are still to come.
const { dirname, resolve } = require('node:path');

exports.interfaceVersion = 2;
exports.resolve = (source, file) => (source.startsWith('.') ? { found: true, path: `${resolve(dirname(file), source)}.ts` } : { found: false });
