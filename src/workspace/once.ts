/** Reads what has an id when it is first asked for, and keeps it. */
export const once = <T>(read: (id: string) => T): ((id: string) => T) => {
  const known = new Map<string, T>()
  return (id) => {
    if (!known.has(id)) known.set(id, read(id))
    return known.get(id)! // set just above
  }
}
