/** The first word: of create_contact, CreateContact, contact.created, "Read tickets". */
const beginning = (name: string): string => name.split(/[\W_]|(?<=[a-z])(?=[A-Z])/)[0]!.toLowerCase()

/** Names that begin like one that is wrong, to choose from; all of them where none does. */
export const alike = (wrong: string, names: readonly string[]): string => {
  const near = names.filter((name) => beginning(name) === beginning(wrong))
  return (near.length > 0 ? near : names).join(', ')
}
