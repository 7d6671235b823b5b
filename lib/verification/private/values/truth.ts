/** The answer to a question about a template. It is `unknown` if it depends on something that only the deployment knows. */
export type Truth = 'yes' | 'no' | 'unknown';

/** Whether all hold: a definite no wins. */
export function allOf(truths: readonly Truth[]): Truth {
  return truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';
}

/** Whether one of them holds: a definite yes wins. */
export function anyOf(truths: readonly Truth[]): Truth {
  return truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';
}

export function not(truth: Truth): Truth {
  return truth === 'unknown' ? 'unknown' : truth === 'yes' ? 'no' : 'yes';
}
