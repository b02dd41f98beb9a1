// What dist/ has instead of undici (scripts/bundle.mjs). The toolkit imports undici for callers of fetch and its proxy
// agents; ours all go through src/http, so 443 kB would be read at every start for nothing. Inert, and not something
// that throws: where a proxy variable is set, @actions/github makes a ProxyAgent as soon as it is imported.

/** Made at import, never used: octokit is given a fetch of our own (src/github/api.ts). */
export class ProxyAgent {
  close() {
    return Promise.resolve();
  }
}

/** Never called, for the same reason. */
export function fetch() {
  return undefined;
}
