interface Variable {
  readonly env: string
  readonly about: string
}

/** The section of the help that lists what can be set from outside. */
export const environment = (variables: readonly Variable[]): string => {
  const width = Math.max(...variables.map(({ env }) => env.length))
  return ['', 'Environment:', ...variables.map(({ env, about }) => `  ${env.padEnd(width)}  ${about}`), ''].join('\n')
}

const section = (...lines: string[]): string => ['', 'Examples:', ...lines.map((line) => `  ${line}`)].join('\n')

/** How each command is used, shown at the end of its help. */
export const examples = {
  root: section(
    'intercom-mcp                                    # what an MCP client starts: a simulated workspace answers',
    'INTERCOM_ACCESS_TOKEN=… intercom-mcp            # your own Intercom answers',
    'intercom-mcp http --port 8213 --read-only       # http://127.0.0.1:8213/mcp',
    'intercom-mcp workspace --port 8214 --file w.db  # an Intercom to test against',
    'INTERCOM_ACCESS_TOKEN=… intercom-mcp doctor     # what does not work, what is off, and what to do',
  ),
  stdio: section(
    'intercom-mcp --read-only                        # nothing can be changed',
    'intercom-mcp --toolsets contacts,tickets        # every tool of two areas',
    'intercom-mcp --allow read,write                 # notes and tags, but nothing that a customer sees',
    'intercom-mcp --policy policy.json               # {"read_only": true}, and the like',
    'INTERCOM_REGION=eu INTERCOM_ACCESS_TOKEN=… intercom-mcp',
  ),
  http: section(
    'intercom-mcp http --port 8213                   # http://127.0.0.1:8213/mcp',
    'intercom-mcp http --host 0.0.0.0 --public-url https://mcp.example.com/mcp --keys keys.json',
    'intercom-mcp http --public-url https://mcp.example.com/mcp --oauth-issuer https://id.example.com',
  ),
  key: section(
    'intercom-mcp key --name ada                     # prints a key, and what the file of keys says of it',
  ),
  doctor: section(
    'INTERCOM_ACCESS_TOKEN=… intercom-mcp doctor     # with the settings of your MCP client',
    'intercom-mcp doctor --read-only --toolsets all  # what these would leave of the tools',
    'intercom-mcp doctor --json | jq .tools.off      # for programs; ends with 1 when it cannot work',
  ),
  workspace: section(
    'intercom-mcp workspace                          # prints its address and tokens',
    'intercom-mcp workspace --port 0 --file demo.db  # kept in a file, on any free port',
    'intercom-mcp workspace --token test --scope "Read tickets" --scope "Read tags"',
    'intercom-mcp workspace --seed seed.json         # begins with data of your own',
    'curl http://127.0.0.1:8214/_workspace           # reset, clock, faults, webhooks: what can be controlled, with examples',
  ),
}
