import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { JsonSchema } from './generate.ts'

/** What is read of an OpenAPI 3 document. */
export interface Schema extends JsonSchema {
  $ref?: string
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  explode?: boolean
  schema: Schema
}

interface Content {
  content?: { 'application/json'?: { schema?: Schema } }
}

interface PublishedOperation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: Content
  responses: Record<string, Content>
}

type PathItem = { parameters?: Parameter[] } & Record<'get' | 'post' | 'put' | 'delete', PublishedOperation | undefined>

interface Document {
  paths: Record<string, PathItem>
  components: { schemas: Record<string, Schema> }
}

/** One operation as Intercom publishes it. */
export interface Published {
  route: string
  status: number
  query: Properties
  body: Properties
  answer: Properties
}

/** Property paths (`data[].id`) with the types they may have, and the top-level ones that must be there. */
export interface Properties {
  types: Record<string, string[]>
  required: string[]
}

/** The operations of an OpenAPI document, by operationId. */
export const readOpenApi = (file: string): Map<string, Published> => {
  const { paths, components } = parse(readFileSync(file, 'utf8')) as Document
  const published = Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'delete'] as const).flatMap((method) => {
      const found = item[method]
      return found ? [[found.operationId, publish(`${method.toUpperCase()} ${path}`, found, item.parameters ?? [], components.schemas)] as const] : []
    }))
  return new Map(published)
}

const publish = (route: string, operation: PublishedOperation, shared: Parameter[], schemas: Record<string, Schema>): Published => {
  const query = [...shared, ...(operation.parameters ?? [])].filter((parameter) => parameter.in === 'query')
  const [status, answer] = Object.entries(operation.responses).find(([code]) => code.startsWith('2'))!
  const single = query.filter((parameter) => !explodes(parameter))
  const asObject: Schema = {
    properties: Object.fromEntries(single.map(({ name, schema }) => [name, schema])),
    required: single.filter(({ required }) => required).map(({ name }) => name),
    allOf: query.filter(explodes).map(({ schema }) => schema),
  }
  return {
    route,
    status: Number(status),
    query: flatten(asObject, schemas),
    body: flatten(jsonOf(operation.requestBody), schemas),
    answer: flatten(jsonOf(answer), schemas),
  }
}

/** An object in the query whose fields are parameters of their own, by OpenAPI's rule. */
const explodes = ({ explode, schema }: Parameter): boolean => explode === true && schema.type === 'object'

const jsonOf = (content: Content | undefined): Schema => content?.content?.['application/json']?.schema ?? {}

/** A schema as property paths. Variants are merged: a property is required when every variant requires it. */
export const flatten = (schema: Schema, named: Record<string, Schema> = {}): Properties => {
  const types: Record<string, string[]> = {}
  const visit = (at: string, schema: Schema, within: readonly string[]): void => {
    const name = schema.$ref?.split('/').at(-1)
    if (name !== undefined) return within.includes(name) ? undefined : visit(at, named[name]!, [...within, name])
    if (at !== '') types[at] = [...new Set([...(types[at] ?? []), ...typesOf(schema)])].sort()
    for (const [key, property] of Object.entries(schema.properties ?? {})) visit(at === '' ? key : `${at}.${key}`, property, within)
    if (schema.items) visit(`${at}[]`, schema.items, within)
    for (const part of [...variantsOf(schema), ...(schema.allOf ?? [])]) visit(at, part, within)
  }
  visit('', schema, [])
  return { types, required: requiredBy(schema, named).sort() }
}

const variantsOf = (schema: Schema): Schema[] => [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]

/** Type names, or the values of an enum as JSON. Null is left out: the published schema hardly ever says where it may be. */
const typesOf = (schema: Schema): string[] => {
  if (schema.enum) return schema.enum.filter((value: unknown) => value !== null).map((value) => JSON.stringify(value))
  if ('const' in schema) return [JSON.stringify(schema.const)]
  return [schema.type ?? []].flat().filter((type) => type !== 'null')
}

const requiredBy = (schema: Schema, named: Record<string, Schema>): string[] => {
  if (schema.$ref) return requiredBy(named[schema.$ref.split('/').at(-1)!]!, named)
  const all = (schema.allOf ?? []).flatMap((part) => requiredBy(part, named))
  const [first = [], ...others] = variantsOf(schema).map((part) => requiredBy(part, named))
  return [...(schema.required ?? []), ...all, ...first.filter((name) => others.every((names) => names.includes(name)))]
}
