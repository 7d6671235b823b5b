import { AccessChangeKind, AccessDiff } from '../../../lib/verification/access-diff';
import { PodAccess } from '../../../lib/verification/pod-access';
import { writeAssembly } from '../assemblies';

const [IRELAND, OREGON, ANYWHERE] = ['aws://111111111111/eu-west-1', 'aws://111111111111/us-west-2', 'aws://111111111111/unknown-region'];
const template = {
  Resources: {
    Association: {
      Type: 'AWS::EKS::PodIdentityAssociation',
      Properties: { ClusterName: 'prod', Namespace: 'default', ServiceAccount: 'reader', RoleArn: 'arn:aws:iam::111111111111:role/reader' },
    },
  },
};
const accessIn = (...environments: string[]) =>
  PodAccess.fromAssembly(writeAssembly(Object.fromEntries(environments.map((environment, i) => [`Stack${i}`, { environment, template }])))).assume({ noOtherNodes: true });
/** Without what is not known, as before. */
const changedFor = (before: string[], after: string[]) => AccessDiff.between(accessIn(...before), accessIn(...after)).changes
  .filter(({ affected, broadens, kind }) => affected[0].startsWith('pods') && (broadens || kind === AccessChangeKind.LOST)).map(({ affected }) => affected.join(' and '));

test.each<[string, string[], string[]]>([
  ['that are the same', [IRELAND, OREGON], [OREGON, IRELAND]],
  ['whose Region the templates tell now', [ANYWHERE], [IRELAND]],
  ['whose Region they tell no longer', [IRELAND, OREGON], [IRELAND, ANYWHERE]],
  ['whose Region is another one', [IRELAND], [OREGON]],
])('clusters %s are compared', (_, before, after) => {
  expect(changedFor(before, after)).toEqual([]);
});

test('a cluster of the same name in another Region is new', () => {
  const isNew = 'pods of service account default/reader in cluster arn:aws:eks:us-west-2:111111111111:cluster/prod';
  expect(changedFor([IRELAND], [IRELAND, OREGON])).toEqual([isNew, isNew]);
});
