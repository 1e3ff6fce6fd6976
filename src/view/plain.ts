/**
 * Text as it may safely stand before a model or in a terminal: one Unicode form, no control characters but line
 * breaks and tabs, nothing invisible and nothing that reorders what is read (bidi marks, tag characters).
 */
export const plain = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}\p{Co}]/gu, '')
    .replace(/[^\P{Default_Ignorable_Code_Point}\u200d\ufe0f]/gu, '')
    .replace(strayPresentation, '')
    .replace(strayJoiner, '')
    .normalize('NFC')

/** The emoji selector and the joiner stay inside an emoji, where they change the picture, and nowhere else. */
const strayPresentation = /(?<!\p{Emoji})\ufe0f/gu
const strayJoiner = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})/gu
