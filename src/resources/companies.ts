import { listCompanies } from '../contract/companies.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of companies, among the 60 most recently active, whose id or name fits what was typed. */
export const ids: Completer = async (typed, client, signal) => idsOf((await client.call(listCompanies, { per_page: 60 }, { signal })).data, typed, ({ name }) => name)
