import { allRules } from '../../tools/rules.ts'
import { variableOf } from '../policy.ts'
import type { Entry } from '../setting.ts'
import { entries } from '../settings.ts'
import type { Told } from './report.ts'

type Values = Readonly<Record<string, unknown>>

/** Rules narrow each other wherever they stand; of anything else the command line's word counts. */
const narrowing = new Set(allRules.map(([, rule]) => variableOf(rule)))

/** Everything that is set, and where; flags are under their camelCase names. Secrets are not shown. */
export const toldBy = (flags: Values, env: Readonly<Record<string, string | undefined>>): Told[] =>
  entries.flatMap((entry) => {
    const flag = entry.flag?.split(' ')[0]
    const given = flag === undefined ? undefined : flags[camel(flag)]
    const variable = env[entry.env]?.trim() || undefined
    return [
      ...(flag === undefined || given === undefined ? [] : [{ name: flag, value: shown(entry, given), from: 'command line' as const }]),
      ...(variable === undefined
        ? []
        : [{ name: entry.env, value: shown(entry, variable), from: 'environment' as const, ...(given !== undefined && !narrowing.has(entry.env) && { overruledBy: flag }) }]),
    ]
  })

const shown = ({ secret }: Entry, value: unknown): string => (secret ? 'set, and not shown' : withoutSecrets(String(value)))

/** An address that must not hold any is shown too when it does: without its user and password, query and fragment. */
const withoutSecrets = (value: string): string => value.replace(/(:\/\/)[^/?#]*@/, '$1…@').replace(/(:\/\/[^?#]*)[?#].*/s, '$1?…')

const camel = (flag: string): string => flag.replace(/^--/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
