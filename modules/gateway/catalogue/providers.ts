import type { ModelProvider } from "#contract";

const hosted = (
  id: string,
  name: string,
  base_url: string,
  key_help: string,
  dialect: ModelProvider["dialect"] = "openai",
): ModelProvider => ({ id, name, dialect, base_url, local: false, key: "required", key_help, lists: true });

const local = (id: string, name: string, port: number, how: string): ModelProvider => ({
  id,
  name,
  dialect: "openai",
  base_url: `http://127.0.0.1:${port}/v1`,
  local: true,
  key: "optional",
  key_help: how,
  lists: true,
});

/** Providers that are known by name, as they describe themselves; the addresses are those of their documentation. */
export const PROVIDERS: readonly ModelProvider[] = [
  hosted(
    "openai",
    "OpenAI",
    "https://api.openai.com/v1",
    "Begins with sk-. Made in the OpenAI platform (platform.openai.com), under API keys; the account needs credit.",
  ),
  hosted(
    "anthropic",
    "Anthropic",
    "https://api.anthropic.com",
    "Begins with sk-ant-. Made in the Claude console (console.anthropic.com), under API keys; the account needs credit.",
    "anthropic",
  ),
  hosted(
    "google",
    "Google Gemini",
    "https://generativelanguage.googleapis.com/v1beta/openai",
    "Made in Google AI Studio (aistudio.google.com), under Get API key.",
  ),
  hosted(
    "openrouter",
    "OpenRouter",
    "https://openrouter.ai/api/v1",
    "Begins with sk-or-. Made at OpenRouter (openrouter.ai), in the account's settings under Keys.",
  ),
  hosted(
    "mistral",
    "Mistral",
    "https://api.mistral.ai/v1",
    "Made in Mistral's console (console.mistral.ai), under API keys.",
  ),
  hosted(
    "groq",
    "Groq",
    "https://api.groq.com/openai/v1",
    "Begins with gsk_. Made in the Groq console (console.groq.com), under API keys.",
  ),
  hosted(
    "deepseek",
    "DeepSeek",
    "https://api.deepseek.com/v1",
    "Begins with sk-. Made on DeepSeek's platform (platform.deepseek.com), under API keys; the account needs credit.",
  ),
  hosted(
    "xai",
    "xAI",
    "https://api.x.ai/v1",
    "Begins with xai-. Made in the xAI console (console.x.ai), under API keys.",
  ),
  hosted(
    "together",
    "Together AI",
    "https://api.together.xyz/v1",
    "Made at Together (api.together.ai), in the account's settings under API keys.",
  ),
  local(
    "ollama",
    "Ollama",
    11_434,
    "Runs on your machine and needs no key. Start it with `ollama serve`, and get a model with `ollama pull`.",
  ),
  local(
    "llamacpp",
    "llama.cpp",
    8080,
    "Runs on your machine; a key is needed only where the server was started with --api-key. Start it with `llama-server -m MODEL.gguf --jinja`.",
  ),
  local(
    "lmstudio",
    "LM Studio",
    1234,
    "Runs on your machine and needs no key. Switch its server on in LM Studio, under Developer.",
  ),
  local(
    "vllm",
    "vLLM",
    8000,
    "Runs on your machine; a key is needed only where the server was started with --api-key. Start it with `vllm serve MODEL`.",
  ),
  {
    id: "custom",
    name: "Another server",
    dialect: "openai",
    base_url: "",
    local: false,
    key: "optional",
    key_help:
      "Any server that speaks like OpenAI (chat/completions) or Anthropic (messages): its address, and a key where it wants one.",
    lists: true,
  },
];
