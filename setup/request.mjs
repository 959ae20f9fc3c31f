import { request } from "node:http";

/** One small HTTP request to the server: status and JSON body, or `undefined` where nobody answers in time. */
export function ask(url, { method = "GET", token, timeout_ms = 2000 } = {}) {
  return new Promise((resolve) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const sent = request(url, { method, headers, agent: false, timeout: timeout_ms }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        text += chunk;
        if (text.length > 1_000_000) sent.destroy();
      });
      answer.once("end", () => resolve({ status: answer.statusCode, body: parse(text) }));
      answer.once("close", () => resolve(undefined));
    });
    sent.once("timeout", () => sent.destroy());
    sent.once("error", () => resolve(undefined));
    sent.end();
  });
}

export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
