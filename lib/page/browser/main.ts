import './main.css';
import { Page } from './page';
import { unpackGraph } from '../packed-graph';

const page = new Page(unpackGraph(JSON.parse(document.getElementById('access-graph')!.textContent)));
document.body.append(...page.content);
page.showAddress();
