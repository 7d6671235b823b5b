// npm run kubernetes: builds the Kubernetes that npm start and npm run e2e use.
import { kubernetes } from './kubernetes';
import { runProgram } from './program';

runProgram(async () => {
  await kubernetes();
  console.log('The real Kubernetes is built: npm start and npm run e2e use it');
  return 0;
});
