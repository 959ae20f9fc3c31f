import { Waypoints, X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useAddress } from "../../../address/index.ts";
import { problemOf, useCapability } from "../../../client/index.ts";
import { Button, Empty, ProblemNotice, Segments, Select, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { FindName } from "./find_name.tsx";
import style from "./graph.module.css";
import { NameList } from "./name_list.tsx";
import { NamePanel } from "./name_panel.tsx";
import { Picture } from "./picture.tsx";
import { aliveAt, sceneOf } from "./scene.ts";
import { TimeSlider } from "./time_slider.tsx";

const words = t.mind.graph;
const DEPTHS = [1, 2, 3, 4];
const LIMITS = ["100", "300", "1000", "2000"];
const NAMES_MOST = "300";
/** A time that is being chosen is written into the address when the hand rests. */
const REST_MS = 300;

/** What an agent knows of names and what joins them: as a picture, or as a list. */
export function Graph({ agent }: { readonly agent: string }) {
  const { chosen, choose } = useAddress();
  const around = chosen("around");
  const depth = DEPTHS.find((one) => String(one) === chosen("depth")) ?? 2;
  const limit = LIMITS.find((one) => one === chosen("names")) ?? NAMES_MOST;
  const asList = chosen("as") === "list";
  // Facts that ended come along, so that going through time needs nobody.
  const { data, error, refetch, isFetching } = useCapability("graph.show", {
    agent,
    depth,
    limit: Number(limit),
    ended: true,
    ...(around ? { around } : {}),
  });
  const [moment, setMoment] = useState<number | "now">(() => Date.parse(chosen("at")) || "now");
  useEffect(() => {
    const written = moment === "now" ? "" : new Date(moment).toISOString();
    const rest = setTimeout(() => {
      if (written !== chosen("at")) choose({ at: written }, { replace: true });
    }, REST_MS);
    return () => clearTimeout(rest);
  }, [moment, chosen, choose]);

  const scene = useMemo(() => (data ? sceneOf(data) : undefined), [data]);
  const alive = useMemo(() => (scene ? aliveAt(scene, moment) : undefined), [scene, moment]);
  if (error && !data && !(around && problemOf(error).code === "not_found"))
    return <ProblemNotice problem={error} retry={refetch} />;
  if (!error && (!data || !scene || !alive)) return <Skeleton lines={10} />;
  if (!data || !scene || !alive || scene.names.length === 0)
    return (
      <Empty
        icon={Waypoints}
        title={around ? words.notAround : words.empty}
        action={around && <Button onClick={() => choose({ around: undefined })}>{words.everything}</Button>}
      >
        {around ? around : words.emptyMore}
      </Empty>
    );

  const at = scene.indexOf.get(chosen("name"));
  const name = at === undefined ? undefined : scene.names[at];
  const show = (id: string | undefined) => choose({ name: id });
  const goAround = (to: string, id: string) => choose({ around: to, name: id });
  const names = alive.names.reduce((sum, one) => sum + one, 0);
  const links = scene.factsOf.reduce((sum, facts, link) => sum + (alive.links[link] ? facts.length : 0), 0);

  return (
    <div className={style.graph}>
      <div className={style.bar}>
        <FindName
          scene={scene}
          onFound={show}
          onMissing={(name) => choose({ around: name, name: undefined })}
        />
        {around ? (
          <>
            <Button
              small
              icon={X}
              title={words.everything}
              onClick={() => choose({ around: undefined, depth: undefined })}
            >
              {words.around} {scene.names.find(({ distance }) => distance === 0)?.name ?? around}
            </Button>
            <div className={style.choice}>
              <Select
                bare
                label={words.depth}
                value={String(depth)}
                options={DEPTHS.map((one) => [String(one), words.depths(one)])}
                onChange={({ target }) => choose({ depth: target.value }, { replace: true })}
              />
            </div>
          </>
        ) : null}
        <div className={style.choice}>
          <Select
            bare
            label={words.limit}
            value={limit}
            options={LIMITS.map((one) => [one, words.most(Number(one))])}
            onChange={({ target }) => choose({ names: target.value }, { replace: true })}
          />
        </div>
        <p className={style.figures} role="status" aria-busy={isFetching}>
          {words.figures(names, links)}
          {data.truncated && <span title={words.truncated}>{words.more}</span>}
        </p>
        <Segments
          label={words.views}
          current={asList ? "list" : "picture"}
          options={[
            ["picture", words.picture],
            ["list", words.list],
          ]}
          onSelect={(as) => choose({ as: as === "list" ? as : undefined })}
        />
      </div>
      <div className={style.stage} data-open={name ? "" : undefined} data-list={asList ? "" : undefined}>
        {asList ? (
          <NameList scene={scene} alive={alive.names} chosen={name?.id} onChoose={show} />
        ) : (
          <Picture
            scene={scene}
            alive={alive}
            chosen={at}
            onChoose={(to) => show(to === undefined ? undefined : scene.names[to]?.id)}
            onAround={(to) => {
              const one = scene.names[to];
              if (one) goAround(one.name, one.id);
            }}
          />
        )}
        {name && (
          <NamePanel
            key={name.id}
            agent={agent}
            scene={scene}
            name={name}
            moment={moment}
            onShow={show}
            onAround={() => goAround(name.name, name.id)}
          />
        )}
      </div>
      <TimeSlider facts={scene.facts} moment={moment} onMoment={setMoment} />
    </div>
  );
}
