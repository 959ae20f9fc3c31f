/**
 * What all guests of a sandbox process hold together, with an upper bound. Once they hold more, the module that holds most gives way,
 * with its largest guest first: whoever merely grows next, or begins, is not the one to pay for it.
 */
export interface MemoryPool {
  /** @param giveWay  called once at most, when the guest is to end; its bytes count as used until it has left. */
  enter(module: string, giveWay: () => void): MemoryShare;
  used(): number;
}

/** What one guest holds. */
export interface MemoryShare {
  set(bytes: number): void;
  leave(): void;
}

interface Held {
  readonly module: string;
  readonly giveWay: () => void;
  bytes: number;
  ending: boolean;
}

export function createMemoryPool(maxBytes: number): MemoryPool {
  const guests = new Set<Held>();
  let used = 0;
  /** Held by guests that are ending. */
  let leaving = 0;

  const largest = (): Held | undefined => {
    const byModule = new Map<string, { bytes: number; guest: Held }>();
    for (const guest of guests) {
      if (guest.ending) continue;
      const known = byModule.getOrInsert(guest.module, { bytes: 0, guest });
      known.bytes += guest.bytes;
      if (guest.bytes > known.guest.bytes) known.guest = guest;
    }
    let most: { bytes: number; guest: Held } | undefined;
    for (const one of byModule.values()) if (!most || one.bytes > most.bytes) most = one;
    return most?.guest;
  };
  const relieve = () => {
    while (used - leaving > maxBytes) {
      const guest = largest();
      if (!guest) return;
      guest.ending = true;
      leaving += guest.bytes;
      guest.giveWay();
    }
  };

  return {
    enter(module, giveWay) {
      const guest: Held = { module, giveWay, bytes: 0, ending: false };
      guests.add(guest);
      const set = (bytes: number) => {
        const grown = bytes - guest.bytes;
        guest.bytes = bytes;
        used += grown;
        if (guest.ending) leaving += grown;
        if (grown > 0) relieve();
      };
      return {
        set,
        leave() {
          set(0);
          guests.delete(guest);
        },
      };
    },
    used: () => used,
  };
}
