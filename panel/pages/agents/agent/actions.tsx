import { Copy, Download, Power, PowerOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { call, refresh, send } from "../../../client/index.ts";
import { bytes, Confirm, complain, Menu, say } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { Duplicate } from "./duplicate.tsx";

/** What can be done with an agent as a whole. */
export function Actions({ agent }: { readonly agent: Agent }) {
  const words = t.agents.actions;
  const [, go] = useLocation();
  const [asking, setAsking] = useState<"remove" | "duplicate">();
  const { id, display_name, state, version } = agent;

  const setEnabled = async (on: boolean) => {
    try {
      await call(on ? "agent.enable" : "agent.disable", { id });
      say(on ? words.enabled(display_name) : words.disabled(display_name), {
        label: t.common.undo,
        run: () => void setEnabled(!on),
      });
      void refresh("agent.");
    } catch (thrown) {
      complain(thrown);
    }
  };
  const remove = async () => {
    try {
      await call("agent.remove", { id });
      say(words.removed(display_name));
      void refresh("agent.");
    } catch (thrown) {
      complain(thrown);
    }
  };
  const download = async () => {
    try {
      const pack = await (await send(`/api/agents/${encodeURIComponent(id)}/export`)).blob();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(pack);
      link.download = `${id}-${version}.fwagent.zip`;
      link.click();
      URL.revokeObjectURL(link.href);
      say(words.exported(display_name, bytes(pack.size)));
    } catch (thrown) {
      complain(thrown);
    }
  };

  return (
    <>
      <Menu
        label={words.label}
        items={[
          { label: words.export, icon: Download, onSelect: () => void download() },
          { label: words.duplicate, icon: Copy, onSelect: () => setAsking("duplicate") },
          ...(state === "disabled"
            ? [{ label: words.enable, icon: Power, onSelect: () => void setEnabled(true) }]
            : state === "ready"
              ? [{ label: words.disable, icon: PowerOff, onSelect: () => void setEnabled(false) }]
              : []),
          { label: words.remove, icon: Trash2, danger: true, onSelect: () => setAsking("remove") },
        ]}
      />
      {asking === "duplicate" && <Duplicate agent={agent} onClose={() => setAsking(undefined)} />}
      {asking === "remove" && (
        <Confirm
          title={words.removeTitle(display_name)}
          words={words.removeWords}
          action={words.removeAction}
          onClose={() => setAsking(undefined)}
          onConfirm={async () => {
            // Away first: nothing of this page is there to be read any more.
            go("/agents");
            void remove();
          }}
        />
      )}
    </>
  );
}
