/** Whether a check accepts the value. */
export function takes(check: () => void): boolean {
  return messageOf(check) === undefined;
}

/** The example in an error; undefined if there is no error or no example. */
export function example(check: () => void): string | undefined {
  const [, quoted] = /: for example (".*")$/s.exec(messageOf(check) ?? '') ?? [];
  return quoted && JSON.parse(quoted);
}

function messageOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
