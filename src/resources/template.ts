const segments = (uri: string): string[] => uri.split('/')
const variable = (segment: string): string | undefined => /^\{(.+)\}$/.exec(segment)?.[1]

/** The variables of a URI template, `intercom://tickets/{id}` → `['id']`. Each is one whole segment. */
export const variables = (template: string): string[] => segments(template).flatMap((segment) => variable(segment) ?? [])

/** A template up to one of its variables, with `*` for each: `intercom://contacts/{contact_id}/notes` → `intercom://contacts/*`. */
export const stem = (template: string, name: string): string => {
  const all = segments(template)
  const end = all.findIndex((segment) => variable(segment) === name)
  return all.slice(0, end + 1).map((segment) => (variable(segment) ? '*' : segment)).join('/')
}

/** The values of a template's variables in a URI; undefined when the URI is not of this template. */
export const match = (template: string, uri: string): Record<string, string> | undefined => {
  const [wanted, given] = [segments(template), segments(uri)]
  if (wanted.length !== given.length) return undefined
  const pairs = wanted.map((segment, index) => ({ segment, name: variable(segment), value: decoded(given[index]!) }))
  if (pairs.some(({ segment, name, value }) => (name ? !value : segment !== value))) return undefined
  return Object.fromEntries(pairs.filter(({ name }) => name).map(({ name, value }) => [name!, value!]))
}

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined // malformed percent-encoding names nothing
  }
}
