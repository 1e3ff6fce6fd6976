/** Levels. The API's deepest input has six; what works through a value by calling itself ends somewhere beyond a thousand. */
const deepest = 64

/** Whether something from outside is nested deeper than anything that means something, so that nobody has to follow it down. */
export const isTooDeep = (value: unknown, levels = deepest): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1)))

/** What to say of it. */
export const tooDeep = `nested more than ${deepest} levels deep; nothing here is`
