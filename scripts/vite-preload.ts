import type { Plugin, Rolldown } from "vite";

/** The page's own script, which `src/main.ts` imports once the encoder is on its way. */
const PAGE = "/src/app/page.tsx";

/** Names the page's script and styles in index.html, so that they are fetched beside the entry and not after it. */
export function preloadPage(): Plugin {
  return {
    name: "nearfield:preload-page",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const page = Object.values(bundle).find(
          (file) => file.type === "chunk" && file.moduleIds.some((id) => id.endsWith(PAGE)),
        );
        if (page?.type !== "chunk") return [];
        // The entry's own are there.
        const isNew = (file: string) => !html.includes(file);
        const chunks = inOrder(page, bundle);
        const scripts = chunks
          .filter(({ fileName }) => isNew(fileName))
          .map(({ fileName: file }) => ({
            tag: "link",
            injectTo: "head" as const,
            attrs: { rel: "modulepreload", crossorigin: true, href: `./${file}` },
          }));
        const sheets = new Set(chunks.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]));
        const styles = [...sheets].filter(isNew).map((file) => ({
          tag: "link",
          injectTo: "head" as const,
          attrs: { rel: "stylesheet", crossorigin: true, href: `./${file}` },
        }));
        return [...scripts, ...styles];
      },
    },
  };
}

/**
 * A chunk and all it imports, each once, what is imported first: the order in which they run. Style sheets in that order
 * let a panel's rules stand behind those of the controls it is made of.
 */
function inOrder(first: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  const found: Rolldown.OutputChunk[] = [];
  const seen = new Set<string>();
  const visit = (chunk: Rolldown.OutputChunk) => {
    if (seen.has(chunk.fileName)) return;
    seen.add(chunk.fileName);
    for (const name of chunk.imports) {
      const imported = bundle[name];
      if (imported?.type === "chunk") visit(imported);
    }
    found.push(chunk);
  };
  visit(first);
  return found;
}
