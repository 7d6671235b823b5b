import { App } from 'aws-cdk-lib';

/**
 * Synthesizes an app of one stack, and those beside it. An error is shown in one line.
 *
 * @param stack the name of the stack.
 */
export function runApp(stack: string, define: (app: App) => void): void {
  try {
    // With autoSynth, the app is synthesized again as the process ends, which throws the error again, with a stack trace
    const app = new App({ autoSynth: false });
    define(app);
    app.synth();
  } catch (error) {
    const { message } = error as Error;
    console.error(message.startsWith(stack) ? message : `${stack}: ${message}`);
    process.exitCode = 1;
  }
}
