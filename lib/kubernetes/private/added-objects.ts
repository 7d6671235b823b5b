import { IConstruct } from 'constructs';
import { PlainObject } from './object-set';
import { isInTree } from '../../private/in-tree';
import { ObjectAddress, qualifiedName } from '../contract/identity';

/** How pods of an added service account get credentials. */
export interface AccountCredentials {
  /** Whether the account has an EKS Pod Identity association. @default false */
  readonly hasAssociation?: boolean;
  /** Whether the function waits until pods get credentials. @default true */
  readonly waitForCredentials?: boolean;
}

/** An object that another construct adds to a set. */
export interface AddedObject extends AccountCredentials {
  readonly construct: IConstruct;
  readonly render: () => PlainObject;
}

/** The objects that other constructs have added to a set. Those of constructs that were removed from the app do not count. */
export class AddedObjects {
  private readonly all: AddedObject[] = [];

  public add(object: AddedObject): void {
    this.all.push(object);
  }

  public get count(): number {
    return this.current.length;
  }

  public render(): PlainObject[] {
    return this.current.map(({ render }) => render());
  }

  /** The names of the service accounts that have an association and are waited for. */
  public get podIdentityAccounts(): string[] {
    return this.namesOf(({ hasAssociation, waitForCredentials = true }) => hasAssociation && waitForCredentials);
  }

  /** The names of the service accounts that nobody waits for. */
  public get unprobedAccounts(): string[] {
    return this.namesOf(({ waitForCredentials = true }) => !waitForCredentials);
  }

  private get current(): AddedObject[] {
    return this.all.filter(({ construct }) => isInTree(construct));
  }

  private namesOf(isMeant: (object: AddedObject) => boolean | undefined): string[] {
    return this.current.filter(isMeant).map(({ render }) => qualifiedName(render() as unknown as ObjectAddress));
  }
}
