import { ClusterAliases } from './cluster-lines';
import { textWord } from './words';
import { grantWords } from '../diff/access-grants';
import { AccessEntry } from '../model/access-entry';

/** Who may call the Kubernetes API of a cluster. */
export const clusterAccessLines = ({ cluster, principalArn, grants }: AccessEntry, clusters: ClusterAliases): string[] =>
  grants.map((grant) => `${clusters.nameOf(cluster)}: lets ${textWord(principalArn)} call the Kubernetes API ${grantWords(grant, textWord)}`);
