import { Stage } from 'aws-cdk-lib';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { OrdinaryApp } from './app';
import { PodAccessPlugin } from '../../../lib/verification';

/** An app, and what PodAccessPlugin reports about its templates. */
interface Checked {
  readonly app: OrdinaryApp;
  /** Whether it fails the synthesis because of an error. */
  readonly success: boolean;
  /** The rules, and the logical IDs without their hashes. */
  readonly violations: readonly string[];
}

export function checked(define: () => OrdinaryApp): Checked {
  const synth = jest.spyOn(Stage.prototype, 'synth');
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => {}); // violations that do not fail
  try {
    const app = define();
    const assemblies = synth.mock.results.flatMap(({ type, value }): cxapi.CloudAssembly[] => (type === 'return' ? [value] : []));
    const templatePaths = new Set(assemblies.flatMap(({ stacks }) => stacks.map(({ templateFullPath }) => templateFullPath)));
    const { success, violations } = new PodAccessPlugin().validate({ templatePaths: [...templatePaths] });
    return {
      app,
      success,
      violations: violations.map(({ severity, ruleName, violatingResources: [{ resourceLogicalId }] }) =>
        `${severity} ${ruleName}: ${resourceLogicalId.replace(/[0-9A-F]{8}$/, '')}`),
    };
  } finally {
    [synth, quiet].forEach((spy) => spy.mockRestore());
  }
}
