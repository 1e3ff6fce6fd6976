/**
 * Text as it may safely stand before a model or in a terminal: one Unicode form, no control characters but line
 * breaks and tabs, nothing invisible and nothing that reorders what is read (bidi marks, tags, variation tricks).
 */
export const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}\p{Co}]/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
    .replace(joinedEmoji, keep)
    .replace(/\p{Default_Ignorable_Code_Point}/gu, (character) => (character === JOINER || character === PRESENTATION ? character : ''))
    .replace(stray, '')

const JOINER = '\u200d'
const PRESENTATION = '\ufe0f'

/** Joiners and presentation selectors are kept inside an emoji, where they change the picture, and nowhere else. */
const joinedEmoji = /\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f\u200d\p{Extended_Pictographic}]*/gu
const keep = (emoji: string): string => emoji.replace(/\u200d+$/, '').replace(/(\u200d|\ufe0f)\1+/g, '$1')
const stray = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f#*0-9])[\u200d\ufe0f]+/gu
