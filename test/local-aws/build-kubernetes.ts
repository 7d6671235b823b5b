// npm run kubernetes: builds the Kubernetes that npm start and npm run e2e use.
import { Failure } from './commands';
import { kubernetes } from './kubernetes';

kubernetes().then(() => console.log('There is a real Kubernetes now: npm start uses it'), (error) => {
  console.error(error instanceof Failure ? error.message : error);
  process.exitCode = 1;
});
