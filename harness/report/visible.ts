/**
 * A text whose control characters, lone surrogates and non-characters are written so that people see them and every
 * format can carry them: NUL as ␀, a lone surrogate as \u{d800}. Tabs and line breaks stay.
 */
export const visible = (text: string): string =>
  text.replace(
    /(?![\t\n\r])\p{Control}|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu,
    (character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x20) return String.fromCodePoint(pictures + code);
      return `\\u{${code.toString(16)}}`;
    },
  );

/** Where Unicode has a picture of each control character. */
const pictures = 0x2400;

/** The same in one line. */
export const visibleLine = (text: string): string => visible(text).replace(/\s*[\n\r]+\s*/g, " ");
