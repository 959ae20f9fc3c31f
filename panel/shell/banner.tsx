import { Link } from "wouter";
import { useCapability } from "../client/index.ts";
import { useConnection } from "../live/index.ts";
import { t } from "../text/index.ts";
import style from "./banner.module.css";

/** What the owner should know on every page: the server is away, the system is in safe mode, a part is degraded. */
export function Banner() {
  const connection = useConnection();
  const { data: health } = useCapability("system.health", {});
  if (connection === "lost")
    return (
      <div className={`${style.banner} ${style.lost}`} role="status">
        <strong>{t.shell.lost}</strong> <span>{t.shell.lostMore}</span>
      </div>
    );
  // What is only worth knowing, such as that no model is connected, stands where it matters.
  if (!health || health.state === "ready") return null;
  const safe = health.state === "safe_mode";
  const degraded = health.problems.filter(({ level }) => level === "degraded");
  const [first] = degraded;
  return (
    <div className={`${style.banner} ${safe ? style.safe : ""}`} role="status">
      <strong>{safe ? t.shell.safeMode : t.shell.degraded(degraded.length)}</strong>{" "}
      {!safe && first && <span>{t.shell.problem(first.part, first.what)}</span>}{" "}
      <Link href="/health">{t.shell.look}</Link>
    </div>
  );
}
