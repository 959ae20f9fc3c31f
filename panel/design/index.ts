/**
 * What every page is built from: one scale of type, one of space, few colours with a meaning (`tokens.css`), and the controls.
 * @module
 */

export { ActionLink } from "./action_link.tsx";
export { Avatar } from "./avatar.tsx";
export { Button, type ButtonLook, IconButton } from "./button.tsx";
export { Choice } from "./choice.tsx";
export { Confirm } from "./confirm.tsx";
export { Dialog } from "./dialog.tsx";
export { Checkbox, SearchField, Select, Switch, TextArea, TextField } from "./field.tsx";
export { LongList } from "./long_list.tsx";
export { Menu, type MenuItem } from "./menu.tsx";
export { NotFound } from "./not_found.tsx";
export { onDemand } from "./on_demand.tsx";
export { Page, useTitle } from "./page.tsx";
export { ProblemNotice } from "./problem.tsx";
export { Segments } from "./segments.tsx";
export { Progress, Skeleton, Spinner } from "./spinner.tsx";
export { Badge, Card, Empty, Facts, Key, Notice, type Tone } from "./surface.tsx";
export { Tabs } from "./tabs.tsx";
export { complain, say, Toasts } from "./toast.tsx";
export { Ago, bytes, Code, CopyButton, count, dollars, duration, Moment } from "./value.tsx";
