/** An id as it may stand in our own words, outside of what is marked as written by customers: Intercom's hold letters and digits only. */
export const trusted = (id: unknown): string => (/^[\w-]{1,64}$/.test(String(id)) ? String(id) : '(unreadable id)')
