import type { Plugin } from "vite";

/** The page's own script, which `src/main.ts` imports once the encoder is on its way. */
const PAGE = "/src/app/page.tsx";

/** Names the page's script and styles in index.html, so that they are fetched beside the entry and not after it. */
export function preloadPage(): Plugin {
  return {
    name: "nearfield:preload-page",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle = {} }) {
        const page = Object.values(bundle).find(
          (file) => file.type === "chunk" && file.moduleIds.some((id) => id.endsWith(PAGE)),
        );
        if (page?.type !== "chunk") return [];
        const scripts = [page.fileName, ...page.imports].map((file) => ({
          tag: "link",
          injectTo: "head" as const,
          attrs: { rel: "modulepreload", crossorigin: true, href: `./${file}` },
        }));
        const styles = [...(page.viteMetadata?.importedCss ?? [])].map((file) => ({
          tag: "link",
          injectTo: "head" as const,
          attrs: { rel: "stylesheet", crossorigin: true, href: `./${file}` },
        }));
        return [...scripts, ...styles];
      },
    },
  };
}
