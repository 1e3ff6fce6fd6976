/**
 * A text in which nothing hides: what shows nothing or reorders what is read stands as its code point, `⟨U+200B⟩`. Line breaks and
 * tabs stay, and so does what makes an emoji of several.
 */
export const revealed = (text: string): string => text.replace(hiding, (sign) => `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`)

/** The joiner and the emoji selector are innocent behind a picture only. */
const hiding =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|(?<!\p{Extended_Pictographic}|[0-9#*])\ufe0f|(?![\n\t\u200d\ufe0f])[\u2800\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
