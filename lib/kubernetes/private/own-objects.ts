import { Construct } from 'constructs';
import { renderCharts, RenderedCharts } from './charts';
import { knownIdentity, nameOfObject, PlainObject } from './object-set';
import { isInTree } from '../../private/in-tree';
import { POD_IDENTITY_ASSOCIATION } from '../../private/pod-identity-association';
import { ExistingObjects } from '../contract/existing-objects';
import { identity, ObjectAddress, qualifiedName } from '../contract/identity';
import { DefinedObjects, Definition } from '../internal/defined-objects';
import { IKubernetesChart } from '../kubernetes-chart-interface';
import { IKubernetesCluster } from '../kubernetes-cluster-interface';

/** What a set is given when it is defined. */
export interface OwnObjectsProps {
  readonly cluster: IKubernetesCluster;
  readonly objects: PlainObject[];
  readonly charts: IKubernetesChart[];
  readonly existing: ExistingObjects;
}

/** The objects that a set is given when it is defined. Each is registered, so that nothing else defines it. */
export class OwnObjects {
  private readonly defined: DefinedObjects;

  constructor(private readonly set: Construct, private readonly props: OwnObjectsProps) {
    this.defined = DefinedObjects.in(props.cluster);
    this.defined.addSet(set, (wanted) => this.isCurrent(wanted));
  }

  public render(): PlainObject[] {
    return this.renderWithErrors().objects;
  }

  /** The objects, and an error for each chart that returned no list of objects. */
  public renderWithErrors(): RenderedCharts {
    const { objects, errors } = renderCharts(this.props.charts);
    return { objects: [...this.props.objects, ...objects], errors };
  }

  /** Registers the objects as defined by this set. Returns an error for each object that something else also defines. */
  public define(objects: PlainObject[]): string[] {
    return objects.flatMap((object) => this.defineOne(object));
  }

  /** The names of the plain service accounts that have an EKS Pod Identity association, which another construct defines. */
  public get associatedAccounts(): string[] {
    if (!this.defined.hasKind(POD_IDENTITY_ASSOCIATION)) {
      return []; // without rendering the charts
    }
    return this.render().filter(({ kind }) => kind === 'ServiceAccount').map((object) => object as unknown as ObjectAddress)
      .filter(({ metadata }) => this.defined.find(identity({ ...POD_IDENTITY_ASSOCIATION, metadata }))).map(qualifiedName);
  }

  private defineOne(object: PlainObject): string[] {
    const wanted = knownIdentity(object);
    if (wanted === undefined) {
      return [];
    }
    const definition: Definition = {
      definedBy: this.set, appliedBy: this.set, existing: this.props.existing, isCurrent: () => this.isCurrent(wanted),
    };
    this.defined.add(wanted, definition);
    const other = this.defined.conflictWith(wanted, definition);
    return other ? [`${nameOfObject(object)} is already defined by ${other.definedBy.node.path}${DefinedObjects.howToResolve(definition, other, 'define it once')}`] : [];
  }

  private isCurrent(wanted: string): boolean {
    return isInTree(this.set) && this.render().some((object) => knownIdentity(object) === wanted);
  }
}
