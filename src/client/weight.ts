const [quote, backslash, comma, list, object] = Array.from('"\\,[{', (character) => character.charCodeAt(0))

/** No value is written in less: a digit and its comma, or the two brackets of an empty list. */
const leastBytes = 2

/**
 * Whether JSON holds more than so many values. Once read, a value takes hundreds of bytes where a hostile server writes two, so that is
 * asked before. Costs nothing where the text is too short for that.
 */
export const holdsMoreThan = (most: number, json: Uint8Array): boolean => {
  if (json.length <= most * leastBytes) return false
  let values = 0
  let quoted = false
  for (let at = 0; at < json.length && values <= most; at++) {
    const byte = json[at]
    if (byte === quote) quoted = !quoted
    else if (quoted) at += byte === backslash ? 1 : 0
    else if (byte === comma || byte === list || byte === object) values += 1
  }
  return values > most
}

/** Deepest that an answer may be nested. Those of Intercom are less than twenty deep, and whoever walks one recurses. */
const mostLevels = 100

export const isTooDeep = (value: unknown, levels = mostLevels): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const key in value) if (isTooDeep((value as Record<string, unknown>)[key], levels - 1)) return true // a key of it, of a list too
  return false
}
