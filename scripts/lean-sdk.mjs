// What of the MCP SDK a server that starts fast leaves out. Each part says what it expects of the SDK's files, and fails
// the build when a new version no longer looks so.
import { readFile } from 'node:fs/promises'

/** The SDK's JSON Schema validator: 300 kB, for answers to elicitation only. src/server/factory.ts gives it another. */
const noValidator = ({ onLoad, onResolve }) => {
  onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, ({ resolveDir }) => ({ path: 'shims', namespace: 'lean', pluginData: resolveDir }))
  onLoad({ filter: /^shims$/, namespace: 'lean' }, ({ pluginData }) => ({
    contents: `export class DefaultJsonSchemaValidator {}; export { default as process } from 'node:process'`,
    resolveDir: pluginData,
  }))
}

const schema = /^const (\w+) = (?=z\.|[A-Z]\w+Schema\b)(.*;|.*\n(?:\t.*\n)*\S.*;)$/gm
const tables = /^for \(const (?:key of SPEC_SCHEMA_KEYS|\[key, schema\] of Object\.entries\(authSchemas\))\).*;$/gm

/**
 * The SDK makes 180 zod schemas as it loads, which takes longer than all else before the first answer. Few are used, but
 * a bundler cannot know that making the others has no effect; and two loops keep every one alive in a table for callers.
 */
const onlyUsedSchemas = ({ onLoad }) => {
  onLoad({ filter: /@modelcontextprotocol[/\\]core[/\\]dist[/\\](schemas|auth)-[\w-]+\.mjs$/ }, ({ path }) =>
    edited(path, schema, 10, (_, name, value) => `const ${name} = /* @__PURE__ */ (() => ${value.slice(0, -1)})();`),
  )
  onLoad({ filter: /@modelcontextprotocol[/\\]server[/\\]dist[/\\]src-[\w-]+\.mjs$/ }, ({ path }) => edited(path, tables, 2, () => ''))
}

const edited = async (path, pattern, atLeast, replacement) => {
  const text = await readFile(path, 'utf8')
  const found = text.match(pattern)?.length ?? 0
  if (found < atLeast) throw new Error(`${path} is not as scripts/lean-sdk.mjs expects: ${found} matches of ${pattern}`)
  return { contents: text.replace(pattern, replacement) }
}

/** For esbuild. */
export const leanSdk = {
  name: 'lean-sdk',
  setup: (build) => {
    noValidator(build)
    onlyUsedSchemas(build)
  },
}
