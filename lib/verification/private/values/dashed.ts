/** A name in camel case as names of secrets and variables separate their words: `GithubToken` as `Github-Token`. */
export const dashed = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1-$2');
