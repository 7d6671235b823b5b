import { graphWith } from './graph';
import { packGraph, unpackGraph } from '../../lib/page/packed-graph';

test.each(['reader', '', ' ', 'two  spaces', ' "quoted" \\ ', 'a\nb\u2028c', '</script>'])('a graph with %j is the same after it was packed', (text) => {
  const graph = graphWith(text);
  expect(unpackGraph(JSON.parse(JSON.stringify(packGraph(graph))))).toEqual(graph);
});

test('a text and a word are there once', () => {
  const { texts, words } = packGraph(graphWith('one two one'));
  expect(new Set(texts.map(String)).size).toBe(texts.length);
  expect(words.filter((word) => word === 'one')).toHaveLength(1);
});
