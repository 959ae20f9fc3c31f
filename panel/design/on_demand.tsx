import { type ComponentType, type FunctionComponent, lazy, type ReactNode, Suspense } from "react";

/** A component whose script comes when it is first shown; until then `waiting` stands in its place, or nothing. */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting?: ReactNode,
): FunctionComponent<Props> {
  const Loaded: ComponentType<Props> = lazy(async () => ({ default: await load() }));
  return (props) => (
    <Suspense fallback={waiting}>
      <Loaded {...props} />
    </Suspense>
  );
}
