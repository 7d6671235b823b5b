import './main.css';
import { unpackGraph } from '../packed-graph';

const graph = unpackGraph(JSON.parse(document.getElementById('access-graph')!.textContent!));
document.body.append(`${graph.title}: ${graph.nodes.length} nodes, ${graph.edges.length} edges`);
