const KNOWN_MOST = 1000;

/** What a model's last answer was, where it was a failure of the model or of the way to it. */
export interface Failing {
  failed(model: string, code: string, at: number): void;
  answered(model: string): void;
  get(model: string): { readonly code: string; readonly at: string } | undefined;
}

export function createFailing(): Failing {
  const known = new Map<string, { readonly code: string; readonly at: string }>();
  return {
    failed(model, code, at) {
      // The asker's own mistake says nothing of the model.
      if (!code.startsWith("model_") || code === "model_context_overflow" || code === "model_content_refused")
        return;
      known.delete(model);
      if (known.size >= KNOWN_MOST) known.delete(known.keys().next().value as string);
      known.set(model, { code, at: new Date(at).toISOString() });
    },
    answered: (model) => void known.delete(model),
    get: (model) => known.get(model),
  };
}
