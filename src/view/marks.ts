/** What stands before and after text that was written by or about customers. A nonce that nobody can foresee keeps it from ending them itself. */
export const marks = (nonce: string): { readonly begin: string; readonly end: string } => ({ begin: `<customer-data ${nonce}>`, end: `</customer-data ${nonce}>` })
