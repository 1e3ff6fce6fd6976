/** What can be kept from those who read answers. */
export const redactable = ['emails', 'phones', 'names', 'bodies'] as const
export type Redactable = (typeof redactable)[number]
