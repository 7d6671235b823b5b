import { Atom } from './assignment';
import { Recorder } from './recorder';
import { Scope } from './scope';
import { Store } from './shared-values';
import { isObject } from '../assembly/template';
import { equal } from '../values/pattern';
import { valueKey } from '../values/resolved';
import { Text } from '../values/text';
import { Truth, allOf, anyOf, not } from '../values/truth';
import { Unknown } from '../values/unknown';

/** Longer chains of conditions, and of functions in them, would not fit on the stack. */
const DEEPEST = 400;

/** Evaluates the conditions of templates in one assignment. */
export class Conditions {
  private readonly evaluating = new Set<string>();
  private depth = 0;

  constructor(private readonly recorder: Recorder, private readonly shared: Store<string, Truth>) {}

  /** Whether a named condition holds. */
  truthOf(scope: Scope, name: string): Truth {
    const key = `${scope.template.id}\n${name}`;
    if (this.evaluating.has(key)) {
      scope.find('cyclic-reference', `the condition ${name} depends on itself`, scope.template.body.Conditions[name]);
      return this.opaqueHere(key, name);
    }
    return this.recorder.remember(this.shared, key, () => {
      this.evaluating.add(key);
      const truth = this.evaluate(scope, scope.template.body.Conditions[name], name);
      this.evaluating.delete(key);
      return truth;
    });
  }

  private evaluate(scope: Scope, expression: unknown, name: string): Truth {
    if (this.depth >= DEEPEST) {
      scope.find('too-deep', `the condition ${name} is at the end of a chain of more than ${DEEPEST} conditions and functions, so it is unknown`, expression);
      return this.opaqueHere(`${scope.template.id}\n${name}`, name);
    }
    this.depth++;
    const truth = this.evaluateFunction(scope, expression, name);
    this.depth--;
    return truth;
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html */
  private evaluateFunction(scope: Scope, expression: unknown, name: string): Truth {
    const [[functionName, argument] = []] = isObject(expression) ? Object.entries<unknown>(expression) : [];
    const terms = () => (argument as unknown[]).map((term) => this.evaluate(scope, term, name));
    if (functionName === 'Condition' && typeof argument === 'string') {
      return this.truthOf(scope, argument);
    }
    if (Array.isArray(argument)) {
      switch (functionName) {
        case 'Fn::And': return allOf(terms());
        case 'Fn::Or': return anyOf(terms());
        case 'Fn::Not': return not(allOf(terms()));
        case 'Fn::Equals': return this.compare(scope, argument, name);
      }
    }
    scope.find('unknown-condition', `the condition ${name} does not exist or uses a function that CloudFormation does not document, so it is unknown`, expression);
    return this.opaque(`${scope.template.id}\n${name}\n${JSON.stringify(expression)}`, name);
  }

  private compare(scope: Scope, sides: unknown[], condition: string): Truth {
    const [one, other] = sides.map((side) => scope.resolve(side));
    if (one instanceof Text && other instanceof Text) {
      const truth = equal(one, other);
      return truth === 'unknown' ? this.recorder.truthOf(new Atom(one, other, condition)) : truth;
    }
    return valueKey(one) === valueKey(other) ? 'yes' : this.opaque(`${valueKey(one)}=${valueKey(other)}`, condition);
  }

  /** A comparison of which nothing is known but that it has one outcome everywhere. */
  private opaque(key: string, condition: string): Truth {
    return this.recorder.truthOf(new Atom(Text.unknown(new Unknown(`condition ${key}`, { label: condition })), Text.of('true'), condition));
  }

  /** The same for a condition that is not known here only, because of what is being evaluated. */
  private opaqueHere(key: string, condition: string): Truth {
    this.recorder.note().keepToResolver();
    return this.opaque(key, condition);
  }
}
