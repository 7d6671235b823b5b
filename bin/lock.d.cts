export function alone<T>(work: () => Promise<T>, waits?: () => void): Promise<T>;
