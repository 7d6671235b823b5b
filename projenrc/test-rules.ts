import { javascript } from 'projen';

// Each with the reason
const MEASURES_OR_WAITS = Object.keys({
  'test/bench/measured.ts': '`npm run bench` measures time, and asserts nothing',
  'test/bench/measured-access.ts': 'the same',
  'test/bench/measured-comparison.ts': 'the same',
  'test/bench/run.ts': 'the date of the figures',
  'test/torture/run.ts': 'prints how long a run took',
  'test/torture/clock.ts': 'the function compares the times of events with the real time',
  'test/torture/cluster.ts': 'asks a real API server again until an object is gone',
  'test/e2e/waiting.ts': 'asks real programs again until a state holds, or moves the clock of the function',
  'test/e2e/runs.ts': 'the same, for programs that a test starts',
  'test/e2e/marks.ts': 'gives programs that end a moment before it kills them',
  'test/e2e/cloudformation.ts': 'events have times that the function compares with the real time',
  'test/e2e/pod-identities.ts': 'tokens expire at a time that a real API server compares with the real time',
  'test/e2e/robustness.e2e.ts': 'the same for the tokens of the function',
  'test/e2e/overlap.e2e.ts': 'a second event begins at different moments of the first one',
  'test/e2e/order.e2e.ts': 'the same',
  'test/e2e/lock.e2e.ts': 'another program holds a lock, and a wait has a least duration',
});

/** Tests pass or fail alike on every machine: they count steps, wait for events, and pass in clocks. What hangs, jest ends by its one limit. */
export function addTestRules(eslint: javascript.Eslint): void {
  eslint.addOverride({
    files: ['test/**/*.ts'],
    excludedFiles: MEASURES_OR_WAITS,
    rules: {
      'no-restricted-syntax': ['error',
        ...[
          'MemberExpression[object.name="Date"][property.name="now"]',
          ':matches(CallExpression, NewExpression)[callee.name="Date"][arguments.length=0]',
          'MemberExpression[property.name=/^(cpuUsage|hrtime|resourceUsage|uptime)$/]',
          'MemberExpression[object.name="performance"]',
          'ImportDeclaration[source.value=/^(node:)?perf_hooks$/]',
        ].map((selector) => ({ selector, message: 'count steps instead of measuring time, and pass in a clock' })),
        ...[
          'Identifier[name=/^set(Timeout|Interval)$/]',
          'ImportDeclaration[source.value=/^(node:)?timers/]',
          'MemberExpression[object.name="Atomics"][property.name="wait"]',
        ].map((selector) => ({ selector, message: 'wait for an event, or pass in a clock' })),
        ...[
          'MemberExpression[object.name="AbortSignal"][property.name="timeout"]',
          'MemberExpression[object.name="jest"][property.name=/^(setTimeout|retryTimes)$/]',
          'CallExpression[callee.name=/^(exec|spawn)/] Property[key.name="timeout"]',
          'CallExpression:matches([callee.name=/^(test|it)$/], [callee.object.name=/^(test|it)$/][callee.property.name!="each"], '
            + '[callee.callee.object.name=/^(test|it)$/])[arguments.length>2]',
          'CallExpression[callee.name=/^(before|after)(All|Each)$/][arguments.length>1]',
        ].map((selector) => ({ selector, message: 'testTimeout in .projenrc.ts is the only limit' }))],
    },
  });
}
