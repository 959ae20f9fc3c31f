import base from "./vite.config.ts";
export default {
  ...base,
  cacheDir: "/tmp/vite-p-agents",
  server: {
    ...(base as { server: object }).server,
    fs: { allow: ["/work/w/p-agents", "/work/main/node_modules"] },
  },
};
