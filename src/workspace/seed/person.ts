import { type ContactDocument, newContact } from '../contact-document.ts'
import type { Clock, Moment } from './clock.ts'
import { type CompanyKey, companyIds } from './companies.ts'

type Time = Extract<keyof ContactDocument, `${string}_at`>

/** What is known of a person, told from the day the seed is laid. */
export type Person = Pick<ContactDocument, 'id' | 'role'> &
  Partial<Omit<ContactDocument, Time>> & {
    readonly times: Partial<Record<Time, Moment>> & { readonly created_at: Moment }
    /** Custom attributes that are dates. */
    readonly dates?: Readonly<Record<string, Moment>>
  }

export const place = (city: string, region: string, country: string, country_code: string, continent_code: string) => ({
  city,
  region,
  country,
  country_code,
  continent_code,
})

/** Where they work. */
export const at = (company: CompanyKey, ...more: CompanyKey[]): string[] => companyIds([company, ...more])
export const desktop = (browser: string, browser_version: string, os: string, browser_language = 'en') => ({ browser, browser_version, os, browser_language })

/** The contact as the workspace keeps it. */
export const asContact = ({ times, dates = {}, ...known }: Person, { moments }: Clock): ContactDocument =>
  newContact({ ...known, ...moments(times), custom_attributes: { ...known.custom_attributes, ...moments(dates) } })
