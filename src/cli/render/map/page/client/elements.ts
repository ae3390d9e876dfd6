/** What an element may hold. Strings become text, never markup. */
export type Content = Node | string | null | readonly Content[];
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...content: Content[]): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, content);
}

export function drawing<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Attributes = {}, ...content: Content[]): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, content);
}

function filled<Made extends Element>(made: Made, attributes: Attributes, content: readonly Content[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  fill(made, content);
  return made;
}

function fill(parent: Element, content: readonly Content[]): void {
  for (const part of content) {
    if (part === null) continue;
    if (typeof part === 'string' || part instanceof Node) parent.append(part);
    else fill(parent, part);
  }
}

export function button(label: Content, attributes: Attributes, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** `1 call`, `1,204 calls`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`;
}
