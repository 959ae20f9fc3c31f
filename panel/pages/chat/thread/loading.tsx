import { Skeleton } from "../../../design/index.ts";
import style from "./thread.module.css";

/** The messages are on their way. */
export const Loading = () => (
  <div className={style.scroll}>
    <div className={style.column}>
      <div className={style.loading}>
        <Skeleton lines={6} />
      </div>
    </div>
  </div>
);
