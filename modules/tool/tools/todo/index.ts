/** What is to be done. @module */
import type { Tool } from "#contract";
import { addTodo } from "./add.ts";
import { finishTodo } from "./done.ts";
import { listTodos } from "./list.ts";

export const todo: readonly Tool[] = [addTodo, listTodos, finishTodo];
