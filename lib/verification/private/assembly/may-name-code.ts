import { isObject } from './template';

/** Properties with a script, an image, or something else that runs. */
const OF_CODE = /args|code|command|content|definition|image|repository|script|template/i;

/** Parts of the locations of objects, images and repositories, and of references to these. */
const LOCATION = /\bs3[an]?:\/\/|\bs3\b.*amazonaws|DomainName|WebsiteURL|\.dkr[.-]|public\.ecr|RepositoryUri|codecommit|connection\//i;

/** Properties with the bucket and the key of an object. */
const PAIR = [/Bucket(Name|Arn)?$/i, /(Key(Name)?|Prefix)$/i];

const known = new WeakMap<object, boolean>();

/** Whether properties, as a template has them, may name code, so that the conditions in them matter. */
export function mayNameCode(properties: unknown): boolean {
  if (!isObject(properties)) {
    return false;
  }
  const answer = known.get(properties) ?? isCode(properties, '');
  known.set(properties, answer);
  return answer;
}

function isCode(value: unknown, name: string): boolean {
  if (typeof value === 'string') {
    return OF_CODE.test(name) || LOCATION.test(value);
  }
  if (Array.isArray(value)) {
    return value.some((item) => isCode(item, name));
  }
  return isObject(value) && (PAIR.every((names) => Object.keys(value).some((key) => names.test(key)))
    || Object.entries(value).some(([key, inner]) => isCode(inner, /^(Ref|Fn::.*)$/.test(key) ? name : key)));
}
