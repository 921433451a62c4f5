import { visible } from "../visible";

/** A text that is no markup, in an element or a quoted attribute. */
export const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

/** Data that nothing in it can end: in JSON, every `<` may be written otherwise. */
export const embeddedJson = (data: unknown): string =>
  JSON.stringify(data).replaceAll("<", "\\u003c");
