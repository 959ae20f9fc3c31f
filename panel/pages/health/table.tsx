import type { ReactNode } from "react";
import style from "./health.module.css";

/** Figures in rows; the first column names the row. On a narrow screen each row is a list. */
export function Table({
  label,
  columns,
  rows,
}: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  return (
    <table className={style.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((one) => (
            <th key={one} scope="col">
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name = "", ...values], n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name, and keeps nothing.
          <tr key={n}>
            <th scope="row">{name}</th>
            {values.map((value, at) => (
              <td key={columns[at + 1]} data-label={columns[at + 1]}>
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
