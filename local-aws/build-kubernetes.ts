// npm run kubernetes: builds the Kubernetes that npm start and npm run e2e use.
import { kubernetes } from './kubernetes';
import { runProgram } from './program';

runProgram(async () => {
  await kubernetes();
  console.log('There is a real Kubernetes now: npm start uses it');
  return 0;
});
