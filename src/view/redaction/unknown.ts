/** A pseudonym that cannot be turned back. The message is for who used it. */
export class UnknownPseudonym extends Error {
  override readonly name = 'UnknownPseudonym'
}
