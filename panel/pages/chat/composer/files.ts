import { useCallback, useEffect, useRef, useState } from "react";
import type { Attachment } from "#contract";
import { problemOf, upload } from "../../../client/index.ts";
import { bytes, complain } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { newId } from "../identity.ts";

const FILES_MAX = 32;
const FILE_MAX_BYTES = 64 * 1024 * 1024;
const NAME_MAX_CHARS = 255;
const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

/** A file that is attached: on its way, there, or not. */
export interface AttachedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** 0…1 */
  readonly progress: number;
  readonly attachment?: Attachment;
  readonly problem?: string;
  /** Of a picture: its address in this browser. */
  readonly preview?: string;
}

interface Kept {
  readonly blob: string;
  readonly size: number;
  readonly type: string;
}

/** Files on their way to the server; each is sent as soon as it is attached. */
export function useFiles() {
  const [files, setFiles] = useState<readonly AttachedFile[]>([]);
  const sent = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const all = sent.current;
    return () => {
      for (const one of all.values()) one.abort();
    };
  }, []);
  const change = useCallback(
    (id: string, part: Partial<AttachedFile>) =>
      setFiles((list) => list.map((one) => (one.id === id ? { ...one, ...part } : one))),
    [],
  );

  const add = useCallback(
    (given: readonly File[]) => {
      const room = FILES_MAX - sent.current.size;
      if (given.length > room) complain(new Error(t.chat.tooManyFiles(FILES_MAX)));
      for (const file of given.slice(0, room)) {
        if (file.size > FILE_MAX_BYTES) {
          complain(new Error(t.chat.fileTooLarge(file.name, bytes(FILE_MAX_BYTES))));
          continue;
        }
        const id = newId();
        const { size } = file;
        const type = file.type || "application/octet-stream";
        const name = (file.name || "file").slice(-NAME_MAX_CHARS);
        const preview = PICTURE.test(type) ? { preview: URL.createObjectURL(file) } : {};
        const controller = new AbortController();
        sent.current.set(id, controller);
        setFiles((list) => [...list, { id, name, size, type, progress: 0, ...preview }]);
        upload<Kept>(`/api/blobs?type=${encodeURIComponent(type)}`, file, {
          headers: { "content-type": "application/octet-stream" },
          signal: controller.signal,
          progress: (progress) => change(id, { progress }),
        })
          .then((kept) =>
            change(id, {
              progress: 1,
              attachment: { name, type: kept.type || type, size: kept.size, blob: kept.blob },
            }),
          )
          .catch((thrown: unknown) => {
            if (!controller.signal.aborted) change(id, { problem: problemOf(thrown).message });
          });
      }
    },
    [change],
  );
  const forget = useCallback((list: readonly AttachedFile[]) => {
    for (const { id, preview } of list) {
      sent.current.get(id)?.abort();
      sent.current.delete(id);
      if (preview) URL.revokeObjectURL(preview);
    }
  }, []);
  const remove = useCallback(
    (id: string) =>
      setFiles((list) => {
        forget(list.filter((one) => one.id === id));
        return list.filter((one) => one.id !== id);
      }),
    [forget],
  );
  const clear = useCallback(
    () =>
      setFiles((list) => {
        forget(list);
        return [];
      }),
    [forget],
  );
  return {
    files,
    add,
    remove,
    clear,
    /** Some are still on their way, or did not arrive. */
    isBusy: files.some(({ attachment }) => attachment === undefined),
    attachments: files.flatMap(({ attachment }) => (attachment ? [attachment] : [])),
  };
}
