/**
 * What is known about a type of resources. If anything but `grantsNothing` is declared, the conditions of these resources matter: the proof reads the templates
 * with both outcomes of each. Nothing else says so, so that nobody can forget it. If only `unread` is declared, those within its properties matter.
 */
export interface ResourceType {
  /** What `Ref` and `Fn::GetAtt` return. Without it, the ARNs of these resources are not known. */
  readonly format?: ResourceFormat;
  /** The property that names another resource, if `Ref` returns the ARN of that. */
  readonly refersTo?: string;
  /** The property whose characters AWS limits to letters, digits and some others. Each page of the API says which. */
  readonly limitedName?: string;
  /** The property with a name by which policies can name the resource, besides its ARN and what `Ref` returns. */
  readonly otherName?: string;
  /** The property with its tags, by the names that lead to it. @default - `Tags` */
  readonly tags?: readonly string[];
  /** Whether it is not known if conditions can ask for its tags: a setting of the account decides, or AWS does not document that they can. */
  readonly tagsMayNotCount?: true;
  /** The property with its resource policy, or with what is evaluated as one, by the names that lead to it. */
  readonly ownPolicy?: readonly string[];
  /** Set for resources that are the policies of others. */
  readonly separatePolicy?: SeparatePolicy;
  /** Where it names the key with which its service encrypts what it contains, if the service uses the key with the permissions of the caller. */
  readonly encryption?: Encryption;
  /** The only service whose policies its properties can change, by the prefix of the actions of this service. @default - they can change everything */
  readonly changesOnly?: string;
  /** The permissions that it gives, and that are not read. */
  readonly unread?: UnreadPermissions;
  /** Set for resources that act with a role as others ask: that run code, or read, write and change what others name. */
  readonly program?: ProgramType;
  /** Set for resources that make requests by themselves, while CloudFormation deploys the templates or afterwards. */
  readonly acts?: ActorType;
  /** Whether other templates, which are not in the assembly, decide which resources it makes. */
  readonly isMadeOfTemplates?: true;
  /** Whether it says where data is, and no other resource runs what it names. */
  readonly hasData?: true;
  /** Why it matters if nothing else is declared: code of its own reads it. */
  readonly matters?: string;
  /** Why it gives no pod a permission, so that nothing about it matters. */
  readonly grantsNothing?: string;
}

/** Declarations, by type. */
export interface ResourceTypes { readonly [type: string]: ResourceType }

/**
 * What `Ref` and `Fn::GetAtt` return for resources of a type, as `Fn::Sub` would write it: `${Property}` is a property of the resource, or what CloudFormation or the
 * service generates in its place, `${Property-prefix}` is a property without a prefix, and `${Property-*text}` without all up to a text, if it has that.
 */
export interface ResourceFormat {
  readonly arn: string;
  readonly ref: string;
  readonly attributes?: { readonly [name: string]: string };
  /** Generated values that differ between all resources of the type. */
  readonly unique?: readonly string[];
  /** Generated values of letters and digits only. Others can also have hyphens, periods and underscores. */
  readonly alphanumeric?: readonly string[];
  /** The values of properties that are not given. */
  readonly defaults?: { readonly [property: string]: string };
}

/** A resource that is the policy of other resources. */
export interface SeparatePolicy {
  /** The type of the resources that have the policy. */
  readonly of: string;
  /** The property that names one of them, or several. */
  readonly targets: string;
  /** The property with the document. @default - the resource is a statement, as permissions of AWS Lambda are */
  readonly document?: string;
}

/** A key that encrypts what a resource contains. */
export interface Encryption {
  /** The service that uses the key, as in the condition key `kms:ViaService`. */
  readonly service: string;
  /** The property with the key, by the names that lead to it. */
  readonly key: readonly string[];
}

/** Permissions that a resource gives, and that are not read: a resource policy, or what is like one. */
export interface UnreadPermissions {
  /** The prefixes of the actions that it can allow. */
  readonly services: readonly string[];
  /** Patterns of the only actions of these services that it can allow. @default - all */
  readonly actions?: readonly string[];
  /** Whether it can allow, and never deny. */
  readonly onlyAllows?: true;
  /** The properties with the permissions, one of them. Without them, the whole resource is a policy. */
  readonly properties?: ReadonlyArray<readonly string[]>;
  /** The types of the resources that it can be about, as far as their ARNs are known. */
  readonly of?: readonly string[];
  /** Whether the resources that it shares decide what it can allow. */
  readonly isShare?: boolean;
}

/** In place of a prefix: the actions can be of any service. */
export const ANY_SERVICE = '*';

/** A type of resources that make requests by themselves. What these are, no template shows, unless it is a target. */
export interface ActorType {
  /** What makes them, before the name of the resource. */
  readonly what: 'the hook' | 'the runbook of' | 'the schedule';
  /** The property with the function that it runs. */
  readonly functionArn?: string;
  /** Where it has the role with which it makes the requests, if no parameter of its runbook has it. */
  readonly roleArn?: readonly string[];
  /** The property with the name of the runbook that it starts. */
  readonly runbook?: string;
  /** Where it has the parameters of the runbook. */
  readonly parameters?: readonly string[];
  /** Where it names the request that it makes. */
  readonly target?: readonly string[];
}

/** A type of resources that act with a role as others ask. */
export interface ProgramType {
  /** Where the properties have the ARN of the role, through lists, too. */
  readonly roles: ReadonlyArray<readonly string[]>;
  /** The property with which they make a function with a role of its own, which no template has. */
  readonly ownRole?: string;
  /** Where they have the name or the ARN of an instance profile, whose role it is. */
  readonly instanceProfiles?: ReadonlyArray<readonly string[]>;
  /** Where they name what they run, if that looks like data: a folder or a bucket. */
  readonly code?: ReadonlyArray<readonly string[]>;
  /** Where they name objects of Amazon S3 that they run. */
  readonly scripts?: ReadonlyArray<readonly string[]>;
  /** The requests with which others only start them. */
  readonly startedBy?: readonly string[];
  /** The requests with which others decide what is done with the role. They pass no role. */
  readonly takenOverBy: readonly string[];
  /** The same, if the request is about something else than the resource. */
  readonly takenOverElsewhere?: readonly string[];
  /** The same, with a shell that an agent opens in what runs. */
  readonly takenOverByShell?: readonly string[];
}
