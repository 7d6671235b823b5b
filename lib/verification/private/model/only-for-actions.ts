/** What is only for some actions, if it is not for all. */
interface ForActions {
  readonly only?: RegExp;
}

/**
 * What is found of the first key for which something is found: one for all actions, and one for those of each service.
 *
 * @param find says what is found of a key.
 */
export const firstOfEach = <Key extends ForActions, Found>(keys: readonly Key[], find: (key: Key) => Found | undefined): Found[] =>
  [...new Set(keys.map(({ only }) => only))].flatMap((only) => {
    for (const key of keys) {
      const found = key.only === only ? find(key) : undefined;
      if (found !== undefined) {
        return [found];
      }
    }
    return [];
  });

/** Whether something is for an action. */
export const isFor = ({ only }: ForActions, action: string): boolean => !only || only.test(action);
