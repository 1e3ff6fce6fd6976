/** How a value sent as JSON reads as a number, a truth value or a moment; undefined when it does not. Text may stand for each. */
export const number = (value: unknown): number | undefined => {
  const read = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}

export const integer = (value: unknown): number | undefined => {
  const read = number(value)
  return Number.isSafeInteger(read) ? read : undefined
}

export const truth = (value: unknown): boolean | undefined => truths.get(value)

const truths = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
])

/** [inferred] Unix seconds, or a date in ISO 8601; either is answered in unix seconds. */
export const moment = (value: unknown): number | undefined => {
  const read = number(value) ?? (typeof value === 'string' && /^\d{4}-\d\d/.test(value) ? Date.parse(value) / 1000 : Number.NaN)
  return integer(Math.floor(read))
}
