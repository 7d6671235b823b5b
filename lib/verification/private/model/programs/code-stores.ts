import { parseJson } from '../../values/json-text';
import { equal, Pattern } from '../../values/pattern';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { isGenerated, isReference, isText, textAfter, textOf } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { anyPart, arnOf, CodeWrite, Registry } from '../code/code-write';
import { UNPROTECTING, writesBelow, writesTo } from '../code/code-writes';
import { OF_BALANCING } from '../code/hosts';
import { MountedFiles, WrittenFiles } from '../code/mounted-files';
import { AccessPoint, accessPointsIn } from '../code/other-names';
import { writesOfRegistryImage } from '../code/registries';
import { DECIDE_RETURNED, readsOfSecret, writesOfTaken } from '../code/stored-writes';
import { VolumeIndex } from '../code/volume-index';
import { arnOfFiles, WRITE_VOLUME, writesOfFiles } from '../code/written-files';
import { STORES } from '../credentials/readable-resources';
import { writesOfReturned } from '../deployment/returned-values';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A repository whose tags are immutable. */
interface ImmutableRepository extends Registry {
  readonly name: Text;
}

/** A place to which AWS copies what is written elsewhere. */
interface Copied {
  /** The ARNs of what is copied. */
  readonly to: Pattern;
  /** What has to be in these, because only the deployment knows it. */
  readonly by?: Text;
  /** The requests that change what it is copied from. */
  readonly from: readonly CodeWrite[];
}

/** The requests that read what lets others push. */
export type ReadsOfTokens = { readonly [kind in 'packages' | 'repository' | 'registry']: readonly CodeWrite[] };

const isOfTokens = (kind: MountedFiles['kind']): kind is keyof ReadsOfTokens => ['packages', 'repository', 'registry'].includes(kind);

/** What the repositories and buckets of the templates do with what is written to them. */
export class CodeStores {
  private readonly immutable: readonly ImmutableRepository[];
  private readonly copied: readonly Copied[];
  private readonly volumes: VolumeIndex;
  private readonly returned: ReadonlyMap<string, readonly CodeWrite[]>;

  /** @param tokens the requests that read tokens of Git providers and of registries of packages, and passwords of registries. */
  constructor(resources: StackResources, volumes: readonly WrittenFiles[], private readonly tokens: ReadsOfTokens) {
    this.volumes = new VolumeIndex(volumes);
    this.returned = writesOfReturned(resources);
    this.immutable = immutableRepositories(resources);
    this.copied = [
      ...resources.ofType('AWS::S3::Bucket').flatMap(replicated),
      ...accessPointsIn(resources).flatMap(throughAccessPoint),
      ...resources.ofType('AWS::EFS::FileSystem').flatMap(replicatedFiles),
      ...resources.ofType('AWS::ECR::PullThroughCacheRule').flatMap(pulledThrough),
      ...resources.ofType('AWS::DataSync::Task').flatMap((task) => synced(task, resources)),
      ...resources.ofType('AWS::FSx::DataRepositoryAssociation').flatMap(linked),
      ...resources.ofType(...STORES).flatMap(takenFromOthers),
    ];
  }

  /**
   * The requests that do what a write does: the write, with what it needs, too, and those about what AWS copies to the same place. Of what a custom resource returns,
   * those that decide it.
   */
  writesOf(write: CodeWrite, known = new Set<unknown>()): CodeWrite[] {
    const returned = write.action === DECIDE_RETURNED ? this.returned.get(write.arn.key) ?? [] : undefined;
    if (returned) {
      const isNew = !known.has(returned);
      known.add(returned);
      return isNew ? returned.flatMap((one) => this.writesOf(one, known)) : [];
    }
    const copied = this.copied.filter((one) => !known.has(one) && one.to.matches(write.arn) !== 'no' && (!one.by || write.arn.key.includes(one.by.key)));
    copied.forEach((one) => known.add(one));
    const ofSources = copied.flatMap(({ from }) => from.flatMap((one) => this.writesOf(one, known)));
    return [this.protected(write), ...this.byMounting(write), ...this.byTokens(write, known), ...ofSources];
  }

  /** In front of pods that serve at a host, controllers make a load balancer. */
  private byMounting({ files }: CodeWrite): CodeWrite[] {
    const found = files ? this.volumes.sharing(files) : [];
    const isServed = found.some((volume) => volume.files.some(({ kind }) => kind === 'host'));
    return [...found.map(({ arn }) => ({ action: WRITE_VOLUME, arn })), ...(isServed ? OF_BALANCING : [])];
  }

  /** Whoever reads a token pushes to repositories or registries, or publishes packages, too. */
  private byTokens({ files }: CodeWrite, known: Set<unknown>): CodeWrite[] {
    const reads = files && isOfTokens(files.kind) ? this.tokens[files.kind] : [];
    const isNew = reads.length > 0 && !known.has(reads);
    known.add(reads);
    return isNew ? reads.flatMap((read) => this.writesOf(read, known)) : [];
  }

  /** The write with what it needs, too, if it is certainly about one of the immutable repositories. */
  private protected(write: CodeWrite): CodeWrite {
    const name = textAfter(write.arn, ':repository/');
    const isImmutable = name && !write.isOfAnyTag && this.immutable.some((repository) =>
      name.key === repository.name.key && (name.literal === undefined || isIn(repository, write.registry)));
    return isImmutable ? { ...write, afterOneOf: UNPROTECTING } : write;
  }
}

const immutableRepositories = (resources: StackResources): ImmutableRepository[] => resources.ofType('AWS::ECR::Repository')
  .filter((repository) => isText(repository.property('ImageTagMutability'), 'IMMUTABLE') === 'yes' && !mayExpire(repository.property('LifecyclePolicy')))
  .map((repository) => ({ name: repository.ref, region: repository.pseudoParameter('Region'), account: repository.pseudoParameter('AccountId') }));

/**
 * Whether images with tags may expire. Whoever pushes enough others makes them expire, and can then give their tags to other images.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
function mayExpire(policy: Resolved): boolean {
  const text = textOf(valueAt(policy, 'LifecyclePolicyText'));
  const parsed = text && parseJson(text);
  const rules = parsed && 'value' in parsed ? valueAt(parsed.value, 'rules') : undefined;
  return policy !== undefined && !(Array.isArray(rules) && rules.every((rule) => isText(valueAt(rule, 'selection', 'tagStatus'), 'untagged') === 'yes'));
}

/** Repositories of different accounts and Regions can have one name. */
const isIn = (repository: Registry, registry?: Registry): boolean => registry !== undefined
  && equal(repository.account, registry.account) === 'yes' && equal(repository.region, registry.region) === 'yes';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html */
const replicated = (bucket: StackResource): Copied[] => listOf(bucket.property('ReplicationConfiguration', 'Rules')).flatMap((rule) => {
  const destination = textOf(valueAt(rule, 'Destination', 'Bucket'));
  return destination ? [{ to: below(destination), from: writesBelow(bucket.ref) }] : [];
});

/**
 * A write through an access point changes its bucket, and its alias stands for the bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-alias.html
 */
function throughAccessPoint({ arn, alias, buckets }: AccessPoint): Copied[] {
  const from: CodeWrite[] = [{ action: 's3:PutObject', arn: Text.join([arn, Text.of('/object/'), anyPart('key')]) }];
  const inBucket = (one: Text) => below(arnOf('s3', one, Text.EMPTY, Text.EMPTY));
  const byAlias = { to: inBucket(alias), by: alias, from: [...from, ...buckets.flatMap(writesBelow)] };
  return [byAlias, ...buckets.map((bucket) => ({ to: inBucket(bucket), from }))];
}

/** @see https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html */
const replicatedFiles = (system: StackResource): Copied[] => listOf(system.property('ReplicationConfiguration', 'Destinations')).flatMap((destination) => {
  const copy = textOf(valueAt(destination, 'FileSystemId'));
  return copy ? [{ to: Pattern.exact(arnOfFiles(copy)), from: writesOfFiles({ kind: 'efs', system: system.ref }) }] : [];
});

/**
 * Where one location of AWS DataSync is from where another one is. One outside the templates can be of any bucket or file system.
 *
 * @see https://docs.aws.amazon.com/datasync/latest/userguide/create-s3-location.html
 * @see https://docs.aws.amazon.com/datasync/latest/userguide/create-efs-location.html
 */
function synced(task: StackResource, resources: StackResources): Copied[] {
  const [source, destination] = ['SourceLocationArn', 'DestinationLocationArn'].map((property) => textOf(task.property(property))).map((arn) => {
    const of = (type: string, property: string) => textOf(resources.ofType(type).find(({ ref }) => arn && ref.key === arn.key)?.property(property));
    const own = { bucket: of('AWS::DataSync::LocationS3', 'S3BucketArn'), files: of('AWS::DataSync::LocationEFS', 'EfsFilesystemArn') };
    const isElsewhere = arn && !isReference(arn);
    return isElsewhere ? { bucket: arnOf('s3', anyPart('bucket'), Text.EMPTY, Text.EMPTY), files: arnOfFiles(anyPart('file system')) } : own;
  });
  const id = source.files && (textAfter(source.files, ':file-system/') ?? anyPart('file system'));
  const from = [...(source.bucket ? writesTo(source.bucket) : []), ...(id ? writesOfFiles({ kind: 'efs', system: id }) : [])];
  const to = [...(destination.bucket ? [below(destination.bucket)] : []), ...(destination.files ? [Pattern.exact(destination.files)] : [])];
  return to.map((one) => ({ to: one, from }));
}

/**
 * A folder of Amazon FSx for Lustre and a bucket, each of which may be kept as the other one is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-datarepositoryassociation.html
 */
function linked(association: StackResource): Copied[] {
  const [system, location] = ['FileSystemId', 'DataRepositoryPath'].map((property) => textOf(association.property(property)));
  const [bucket] = splitText((location && textAfter(location, 's3://')) ?? Text.EMPTY, '/').known;
  if (!system || !location || !bucket) {
    return [];
  }
  const has = (name: string) => association.property('S3', name) !== undefined;
  return [
    ...(has('AutoExportPolicy') ? [{ to: below(arnOf('s3', bucket, Text.EMPTY, Text.EMPTY)), from: writesOfFiles({ kind: 'other', system }) }] : []),
    ...(has('AutoImportPolicy') ? [{ to: Pattern.exact(system), from: writesBelow(bucket) }] : []),
  ];
}

/** A deployment gives a parameter or a secret the value of another one. */
function takenFromOthers(store: StackResource): Copied[] {
  const value = textOf(store.property('Value') ?? store.property('SecretString'));
  const from = value ? writesOfTaken(value) : [];
  const by = isGenerated(store.ref) ? { by: store.ref } : {};
  return store.arn && from.length > 0 ? [{ to: Pattern.exact(store.arn), from, ...by }] : [];
}

/** The objects of a bucket, by its ARN. */
const below = (bucket: Text): Pattern => Pattern.join([Pattern.exact(bucket), Pattern.glob(Text.of('/*'))]);

/** A rule with a longer prefix, or in place of the one that there is, pulls the same images from another registry. */
const ANOTHER_RULE: CodeWrite = { action: 'ecr:CreatePullThroughCacheRule', arn: ANY_RESOURCE };

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
function pulledThrough(rule: StackResource): Copied[] {
  const [prefix, upstream] = [textOf(rule.property('EcrRepositoryPrefix')), textOf(rule.property('UpstreamRegistryUrl'))];
  const to = [Pattern.glob(Text.of('arn:*:ecr:*:*:repository/')), ...(prefix && prefix.literal !== 'ROOT' ? [Pattern.exact(prefix)] : []), Pattern.glob(Text.of('*'))];
  const credential = textOf(rule.property('CredentialArn'));
  const images = upstream && Text.join([upstream, anyPart('repository')], '/');
  const signsIn = credential ? readsOfSecret(credential) : []; // with what may push there, too
  return images ? [{ to: Pattern.join(to), from: [...writesTo(images), ...writesOfRegistryImage(images), ...signsIn, ANOTHER_RULE] }] : [];
}
