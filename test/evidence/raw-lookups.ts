import { type Json, type Raw, where } from './task.ts'

export interface Named {
  readonly id: string
  readonly name: string
}

/** Of a list the one of that name. */
export const named = (list: Json, wanted: string): Json => list.find(({ name }: Named) => name === wanted)

/** The names in a list, in alphabetical order. */
export const names = (list: readonly Named[]): string[] => list.map(({ name }) => name).sort()
export const ids = (list: readonly Named[]): string[] => list.map(({ id }) => id)

export const byEmail = async (raw: Raw, email: string): Promise<Json> => (await raw('search_contacts', { query: where('email', '=', email) })).data[0]
export const byName = async (raw: Raw, name: string): Promise<Json> => (await raw('search_contacts', { query: where('name', '=', name) })).data[0]
