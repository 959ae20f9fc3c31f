/** Work by module and session: in order within a session, side by side across sessions, so many at once for a module. */
export interface SessionQueue {
  add(module: string, session: string, id: string): void;
}

export function createSessionQueue(
  atOnce: number,
  work: (module: string, id: string) => Promise<void>,
): SessionQueue {
  const modules = new Map<
    string,
    { readonly sessions: Map<string, string[]>; readonly idle: string[]; running: number }
  >();

  const pump = (module: string) => {
    const lane = modules.get(module);
    if (!lane) return;
    while (lane.running < atOnce) {
      const session = lane.idle.shift();
      if (session === undefined) break;
      const id = lane.sessions.get(session)?.shift();
      if (id === undefined) {
        lane.sessions.delete(session);
        continue;
      }
      lane.running++;
      void work(module, id).finally(() => {
        lane.running--;
        if ((lane.sessions.get(session)?.length ?? 0) > 0) lane.idle.push(session);
        else lane.sessions.delete(session);
        pump(module);
      });
    }
    if (lane.running === 0 && lane.sessions.size === 0) modules.delete(module);
  };

  return {
    add(module, session, id) {
      const lane = modules.getOrInsertComputed(module, () => ({ sessions: new Map(), idle: [], running: 0 }));
      const queue = lane.sessions.get(session);
      if (queue) queue.push(id);
      else {
        lane.sessions.set(session, [id]);
        lane.idle.push(session);
      }
      pump(module);
    },
  };
}
