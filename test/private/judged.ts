/** Whether a check lets something pass. */
export function takes(check: () => void): boolean {
  return messageOf(check) === undefined;
}

/** The name that an error gives as an example; undefined where there is no error, or no example. */
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
