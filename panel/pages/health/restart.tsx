import { Power } from "lucide-react";
import { useState } from "react";
import { call } from "../../client/index.ts";
import { Button, Confirm, say } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function Restart() {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon={Power} onClick={() => setAsking(true)}>
        {t.health.restart}
      </Button>
      {asking && (
        <Confirm
          title={t.health.restart}
          words={t.health.restartMore}
          action={t.health.restart}
          onConfirm={() => call("system.restart", {}).then(() => say(t.health.restarting))}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
