// ncc ships no types. The part of its API that scripts/bundle.mjs uses.
declare module '@vercel/ncc' {
  export default function ncc(
    entry: string,
    options: { cache: boolean; minify: boolean; sourceMap: boolean; quiet: boolean },
  ): Promise<{ code: string; assets: Record<string, { source: string | Buffer }> }>;
}
