/** Ids of 24 hexadecimal characters, as Intercom's are; always the same ones, so that examples may name them. */
const hexId = (kind: string, number: number): string => `66f0c3d1a7b24e${kind}${number.toString(16).padStart(8, '0')}`

export const contactId = (number: number): string => hexId('10', number)
export const companyId = (number: number): string => hexId('20', number)
export const segmentId = (number: number): string => hexId('30', number)
export const visitorId = (number: number): string => hexId('70', number)
