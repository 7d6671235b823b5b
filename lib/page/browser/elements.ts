import { visibleText } from './text';

export type Child = Node | string | undefined;
export interface Attributes {
  readonly [name: string]: string | boolean | undefined;
}

const SVG = 'http://www.w3.org/2000/svg';

function completed<E extends Element>(made: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return completed(document.createElement(tag), attributes, children);
}

export function drawing<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return completed(document.createElementNS(SVG, tag), attributes, children);
}

/** A text of the templates. It cannot change the order of what is around it. Lines of ARNs and actions break after their parts. */
export function dataText(text: string): HTMLElement {
  const parts = visibleText(text).split(/(?<=[:/])(?=\w)/);
  return element('bdi', {}, ...parts.flatMap((part, i) => (i === 0 ? [part] : [element('wbr'), part])));
}

export function button(attributes: Attributes, press: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', press);
  return made;
}
