import { App } from 'aws-cdk-lib';

/**
 * Synthesizes an app. An error is shown in one line, which starts with the name of a stack.
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
