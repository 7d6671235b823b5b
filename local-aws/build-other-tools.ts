// npm run other-tools: builds Helm 3, Helm 4 and kubectl, for the tests of npm run e2e that run them.
import { otherTools } from './other-tools';
import { runProgram } from './program';

runProgram(async () => {
  await otherTools();
  console.log('Helm 3, Helm 4 and kubectl are built: npm run e2e uses them');
  return 0;
});
