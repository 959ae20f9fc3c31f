/** Makes the controller only when somebody wants the signal: most calls never do. */
export class AbortControllerLazily {
  readonly #parent: AbortSignal | undefined;
  #own: AbortController | undefined;
  #follow: (() => void) | undefined;
  constructor(parent: AbortSignal | undefined) {
    this.#parent = parent;
  }
  controller(): AbortController {
    if (this.#own) return this.#own;
    const own = new AbortController();
    this.#own = own;
    const parent = this.#parent;
    if (parent?.aborted) own.abort(parent.reason);
    else if (parent) {
      this.#follow = () => own.abort(parent.reason);
      parent.addEventListener("abort", this.#follow, { once: true });
    }
    return own;
  }
  throwIfAborted(): void {
    (this.#own?.signal ?? this.#parent)?.throwIfAborted();
  }
  /** Lets go of the parent, which may live much longer than the call. */
  release(): void {
    if (this.#follow) this.#parent?.removeEventListener("abort", this.#follow);
  }
  get signal(): AbortSignal {
    return this.controller().signal;
  }
}
