import type { Health } from "#contract";
import { Bars } from "../../chart/index.ts";
import { bytes, Card, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

/** What the home takes on the disk, by part. */
export function Disk({ disk }: { readonly disk: Health["disk"] }) {
  if (!disk)
    return (
      <Card title={t.health.disk}>
        <p role="status">{t.health.measuring}</p>
        <Skeleton lines={2} />
      </Card>
    );
  const parts = disk.parts.toSorted((a, b) => b.bytes - a.bytes);
  return (
    <Card title={t.health.disk}>
      <p>
        {t.health.diskMore(bytes(disk.home_bytes), bytes(disk.free_bytes))}{" "}
        {!disk.complete && t.health.incomplete}
      </p>
      <Bars
        label={t.health.disk}
        bars={parts.map((one) => ({ name: one.part, value: one.bytes, words: bytes(one.bytes) }))}
      />
    </Card>
  );
}
