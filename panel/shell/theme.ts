/** `auto`: as the system has it. */
export type Theme = "auto" | "light" | "dark";
const KEY = "fieldwork.theme";

export function setTheme(theme: Theme): void {
  if (theme === "auto") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(KEY);
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEY, theme);
  }
}
