/**
 * Text as it may safely stand before a model or in a terminal: one Unicode form, no control characters but line
 * breaks and tabs, nothing invisible and nothing that reorders what is read (bidi marks, tag characters). Linear in the text.
 */
export const plain = (text: string): string =>
  isAscii.test(text)
    ? text
    : text
        .replace(lineEnd, '\n')
        .replace(unseen, '$1')
        .replace(strayPresentation, '')
        .replace(strayJoiner, '')
        .replace(piledMarks, '')
        .normalize('NFC')

/** Most texts, and every text is looked at several times. */
const isAscii = /^[\n\t -~]*$/

const lineEnd = /\r\n?|[\v\f\u0085\u2028\u2029]/g

/**
 * All that shows nothing, but for the emoji selector and the joiner, which have rules of their own, and the flags of
 * England, Scotland and Wales, which are spelt with tags. Of the format characters those kept are signs that show.
 */
const unseen =
  /(\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f})|(?![\n\t\u200d\ufe0f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u{16fe4}\u{1d159}]/gu

/** The emoji selector and the joiner stay inside an emoji, where they change the picture, and nowhere else. */
const strayPresentation = /(?<!\p{Extended_Pictographic}|[0-9#*](?=\ufe0f\u20e3))\ufe0f/gu
const strayJoiner = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})/gu

/** No script piles up more than a few; to bring thousands on one letter in order takes minutes. */
const piledMarks = /(?<=\p{M}{10})\p{M}/gu
