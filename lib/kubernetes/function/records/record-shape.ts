type Check = (value: any) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isContainer: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isOptional = (check: Check): Check => (value) => value === undefined || check(value);
const isListOf = (check: Check): Check => (value) => Array.isArray(value) && value.every(check);
const isMapOf = (check: Check): Check => (value) => isContainer(value) && Object.values(value).every(check);
const hasAll = (checks: { readonly [property: string]: Check }): Check =>
  (value) => isContainer(value) && Object.entries(checks).every(([property, check]) => check(value[property]));

const isMetadata = hasAll({ name: isText, namespace: isOptional((value) => value === null || isText(value)) });
const isEntry = hasAll({
  object: hasAll({ apiVersion: isText, kind: isText, metadata: isMetadata }),
  uid: isOptional(isText),
  token: isOptional(isText),
  epoch: (value) => Number.isSafeInteger(value) && value >= 0,
  origin: (value) => ['absent', 'foreign', 'retained'].includes(value),
  fields: isListOf(hasAll({ path: isListOf(isText), managers: isListOf(isContainer) })),
});

const isState = hasAll({
  ids: isListOf(isText),
  hash: isText,
  existing: isText,
  objects: isMapOf(isEntry),
  isUndone: isOptional((value) => value === true),
});

/** Whether data has the structure of a `SetRecord`, so that no code that reads it fails. Someone else could have written it. */
export const hasShapeOfRecord: Check = hasAll({
  stackId: isText,
  event: hasAll({
    request: isText,
    type: (value) => ['Create', 'Update', 'Delete'].includes(value),
    id: isOptional(isText),
    time: isText,
    nonce: isText,
    earlier: isListOf(isText),
    answer: isOptional(isContainer),
  }),
  current: isState,
  previous: isOptional(isState),
  dropped: isMapOf(isEntry),
  retained: isMapOf(isEntry),
});
