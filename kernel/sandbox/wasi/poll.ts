import { absoluteTime, event, eventType, hangup, subscription } from "./abi.ts";
import { type Clocks, readClock } from "./clock.ts";
import { requireRights } from "./descriptors.ts";
import { type Errno, ErrnoError, errno } from "./errno.ts";
import type { Host, WasiFunctions } from "./host.ts";
import { rights } from "./rights.ts";
import { errnoOfVirtualFsError, VirtualFsError } from "./virtual-fs.ts";

interface ClockSubscription {
  readonly userdata: bigint;
  readonly type: typeof eventType.clock;
  /** Milliseconds from the start of the call until it is due. */
  readonly waitMs: number;
}

interface DescriptorSubscription {
  readonly userdata: bigint;
  readonly type: typeof eventType.fdRead | typeof eventType.fdWrite;
  readonly fd: number;
}

type Subscription = ClockSubscription | DescriptorSubscription;

interface PollEvent {
  readonly userdata: bigint;
  readonly type: number;
  readonly error: Errno;
  readonly bytes: number;
  readonly hangup: boolean;
}

/**
 * `poll_oneoff`. A descriptor is always ready, or its event carries an error; so with one subscribed the call returns
 * without sleeping, with the clocks that are due already. With clocks alone it sleeps until the first is due.
 */
export function pollFunctions(
  { memory, table, limits }: Host,
  options: Clocks & { sleep(ms: number): Promise<void> },
): WasiFunctions {
  function readSubscription(address: number): Subscription | undefined {
    const userdata = memory.readU64(address + subscription.userdata);
    const type = memory.readU8(address + subscription.tag);
    if (type === eventType.fdRead || type === eventType.fdWrite) {
      return { userdata, type, fd: memory.readU32(address + subscription.descriptor) };
    }
    if (type !== eventType.clock) return undefined;
    const now = readClock(options, memory.readU32(address + subscription.clock));
    const timeout = memory.readU64(address + subscription.timeout);
    const absolute = (memory.readU16(address + subscription.flags) & absoluteTime) !== 0;
    const waitNs = absolute ? timeout - now : timeout;
    return { userdata, type, waitMs: waitNs > 0n ? Number(waitNs) / 1e6 : 0 };
  }

  async function descriptorEvent({ userdata, type, fd }: DescriptorSubscription): Promise<PollEvent> {
    const ready = { userdata, type, error: errno.success, bytes: 0, hangup: false };
    try {
      const descriptor = table.get(fd);
      requireRights(
        descriptor,
        rights.pollFdReadwrite | (type === eventType.fdRead ? rights.fdRead : rights.fdWrite),
      );
      if (type === eventType.fdWrite) return { ...ready, bytes: limits.ioBytes };
      if (descriptor.kind === "input") {
        const bytes = descriptor.data.byteLength - descriptor.position;
        return { ...ready, bytes, hangup: bytes === 0 };
      }
      const file = table.file(fd, rights.fdRead);
      const { size } = await file.fs.stat(file.path);
      return { ...ready, bytes: Math.max(0, size - file.position) };
    } catch (error) {
      if (error instanceof ErrnoError) return { ...ready, error: error.errno };
      if (error instanceof VirtualFsError) return { ...ready, error: errnoOfVirtualFsError(error) };
      throw error;
    }
  }

  async function sleep(totalMs: number): Promise<void> {
    for (let left = totalMs; left > 0; left -= limits.sleepMs) {
      await options.sleep(Math.min(left, limits.sleepMs));
    }
  }

  function writeEvent(address: number, occurred: PollEvent): void {
    memory.clear(address, event.size);
    memory.writeU64(address + event.userdata, occurred.userdata);
    memory.writeU16(address + event.error, occurred.error);
    memory.writeU8(address + event.type, occurred.type);
    memory.writeU64(address + event.bytes, BigInt(occurred.bytes));
    memory.writeU16(address + event.flags, occurred.hangup ? hangup : 0);
  }

  return {
    waiting: {
      async poll_oneoff(input: number, output: number, count: number, result: number) {
        if (count === 0 || count > limits.pollSubscriptions) return errno.invalid;
        memory.check(input, count * subscription.size);
        memory.check(output, count * event.size);
        memory.check(result, 4);

        const clocks: ClockSubscription[] = [];
        const descriptors: DescriptorSubscription[] = [];
        for (let index = 0; index < count; index++) {
          const read = readSubscription(input + index * subscription.size);
          if (read === undefined) return errno.invalid;
          if (read.type === eventType.clock) clocks.push(read);
          else descriptors.push(read);
        }

        const waitMs = descriptors.length > 0 ? 0 : Math.min(...clocks.map((clock) => clock.waitMs));
        await sleep(waitMs);
        const events: PollEvent[] = [];
        for (const waiting of descriptors) events.push(await descriptorEvent(waiting));
        for (const { userdata, type, waitMs: due } of clocks) {
          if (due <= waitMs) events.push({ userdata, type, error: errno.success, bytes: 0, hangup: false });
        }
        for (const [index, occurred] of events.entries()) writeEvent(output + index * event.size, occurred);
        memory.writeU32(result, events.length);
        return errno.success;
      },
    },
  };
}
