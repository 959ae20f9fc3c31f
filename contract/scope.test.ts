import fc from "fast-check";
import { expect, test } from "vitest";
import { scopeCovers } from "./index.ts";

const url = (scope: string, target: string) => scopeCovers("url", scope, target);
const path = (scope: string, target: string) => scopeCovers("path", scope, target);
const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const segments = fc.array(label, { minLength: 1, maxLength: 6 });

test("an empty scope covers nothing, of any kind", () => {
  for (const kind of ["target", "path", "url", "program", "secret", "tool"] as const)
    for (const target of ["", "/", "/a", "a", "https://a.b/"])
      expect(scopeCovers(kind, "", target)).toBe(false);
});

test("a url scope never matches in the middle of a host name", () => {
  fc.assert(
    fc.property(label, label, (host, more) => {
      const scope = `https://${host}.example`;
      expect(url(scope, `https://${host}.example/${more}`)).toBe(true);
      expect(url(scope, `https://${host}.example.${more}/`)).toBe(false);
      expect(url(scope, `https://${host}.example${more}/`)).toBe(false);
      expect(url(scope, `https://${more}.${host}.example/`)).toBe(false);
      expect(url(scope, `https://${more}@${host}.example/`)).toBe(false);
      expect(url(scope, `https://${host}.example@${more}/`)).toBe(false);
    }),
  );
});

test("a url scope ends at a segment of the path", () => {
  fc.assert(
    fc.property(segments, segments, label, (prefix, more, tail) => {
      const scope = `https://a.example/${prefix.join("/")}`;
      expect(url(scope, scope)).toBe(true);
      expect(url(scope, `${scope}/${more.join("/")}`)).toBe(true);
      expect(url(scope, `${scope}?${tail}`)).toBe(true);
      expect(url(scope, `${scope}#${tail}`)).toBe(true);
      expect(url(scope, `${scope}${tail}`)).toBe(false);
      expect(url(scope, `${scope}&${tail}`)).toBe(false);
    }),
  );
});

test.each([
  ["https://a.example/v1", "https://a.example/v1/../admin"],
  ["https://a.example/v1", "https://a.example/v1/%2e%2e/admin"],
  ["https://a.example/v1", "https://a.example/v1/..%2fadmin"],
  ["https://a.example/v1", "https://a.example/v1/%2e%2E%2Fadmin"],
  ["https://a.example/v1", "https://a.example/v1/..%5cadmin"],
  ["https://a.example/v1", "https://a.example/v1/%252e%252e%252fadmin"],
  ["https://a.example/v1", "https://a.example/v1/..;/admin"],
  ["https://a.example/v1/", "https://a.example/v1"],
  ["https://a.example", "http://a.example/"],
  ["https://a.example", "https://a.example:8443/"],
  ["https://a.example", "https://a.example./"],
  ["https://a.example:8443", "https://a.example/"],
  ["https://*.a.example", "https://a.example/"],
  ["https://*.a.example", "https://ba.example/"],
  ["https://*.a.example", "https://b.a.example.evil/"],
  ["https://*.", "https://anything./"],
  ["https://good.example@evil.example/", "https://evil.example/"],
  ["https://a.example/?q=1", "https://a.example/?q=12"],
  ["https://a.example/?q=1", "https://a.example/?q=1/x"],
  ["https://a.example/", "not a url"],
  ["not a url", "https://a.example/"],
])("%s does not cover %s", (scope, target) => expect(url(scope, target)).toBe(false));

test.each([
  ["a.example", "https://a.example/x"],
  ["https://A.Example", "https://a.example/"],
  ["https://a.example:443/", "https://a.example/x"],
  ["https://bücher.example", "https://xn--bcher-kva.example/"],
  ["https://*.bücher.example", "https://www.xn--bcher-kva.example/"],
  ["https://*.a.example", "https://b.c.a.example/"],
  ["https://a.example/v1", "https://a.example/v1/a..b"],
  ["https://a.example/v1", "https://a.example/x/../v1/y"],
  ["https://a.example/", "https://a.example/x/..%2fy"],
  ["https://a.example/?q=1", "https://a.example/?q=1&r=2"],
  ["http://[::1]:8080/", "http://[::1]:8080/x"],
  ["*", "ftp://whatever/"],
])("%s covers %s", (scope, target) => expect(url(scope, target)).toBe(true));

test("a path scope covers the folder and what is below it, never a sibling that begins so", () => {
  fc.assert(
    fc.property(segments, segments, label, (folder, below, tail) => {
      const scope = `/${folder.join("/")}`;
      for (const written of [scope, `${scope}/`]) {
        expect(path(written, scope)).toBe(true);
        expect(path(written, `${scope}/${below.join("/")}`)).toBe(true);
        expect(path(written, `${scope}${tail}`)).toBe(false);
        expect(path(written, `${scope}/../${tail}`)).toBe(false);
        expect(path(written, `${scope}/..`)).toBe(false);
      }
    }),
  );
});

test.each([
  ["/home/*/notes", "/home/a/notes", true],
  ["/home/*/notes", "/home/a/notes/deep/b", true],
  ["/home/*/notes", "/home/a/b/notes", false],
  ["/home/**/notes", "/home/notes", true],
  ["/home/**/notes", "/home/a/b/notes/c", true],
  ["/home/*.md", "/home/a.md", true],
  ["/home/*.md", "/home/a.mdx", false],
  ["/home/a*b*c", "/home/abc", true],
  ["/home/a*b*c", "/home/acb", false],
  ["/home/*/notes", "/home/a/../notes", false],
  ["/", "/anything", true],
  ["notes", "/notes", false],
  ["C:\\Users\\Ann", "c:/users/ann/x", true],
  ["C:\\Users\\Ann", "c:\\users\\annabel", false],
  ["C:\\Users\\Ann", "c:\\users\\ann\\..\\bob", false],
])("path scope %s and %s: %s", (scope, target, covered) => expect(path(scope, target)).toBe(covered));

/** Matching that tries every way would not end before the test runner gives up. */
test("matching a path ends soon, whatever the pattern", () => {
  const deep = `/${Array.from({ length: 255 }, () => "a".repeat(15)).join("/")}`;
  for (const scope of [`/${"**/".repeat(62)}b`, `/${"*a".repeat(1000)}b`, `/**/${"a*".repeat(500)}b/**`])
    expect(path(scope, deep)).toBe(false);
});

test("dotted names are covered from their beginning to a dot, or by a star", () => {
  fc.assert(
    fc.property(label, label, (name, more) => {
      fc.pre(name !== more);
      for (const kind of ["target", "tool"] as const) {
        expect(scopeCovers(kind, name, name)).toBe(true);
        expect(scopeCovers(kind, name, `${name}.${more}`)).toBe(true);
        expect(scopeCovers(kind, `${name}.*`, `${name}.${more}`)).toBe(true);
        expect(scopeCovers(kind, name, `${name}${more}`)).toBe(false);
        expect(scopeCovers(kind, name, `${more}.${name}`)).toBe(false);
      }
      expect(scopeCovers("program", name, `${name}.${more}`)).toBe(false);
      expect(scopeCovers("program", `${name}*`, `${name}${more}`)).toBe(true);
    }),
  );
});

test.each([
  ["token", "token", true],
  ["token", "token@api.example", true],
  ["token", "tokens@api.example", false],
  ["token@api.example", "token@api.example", true],
  ["token@api.example", "token@API.example", true],
  ["token@api.example", "token@api.example.evil", false],
  ["token@api.example", "token@evil-api.example", false],
  ["token@*.example", "token@api.example", true],
  ["token@*.example", "token@example", false],
  ["token@api.example", "token@", false],
  ["team-*@api.example", "team-a@api.example", true],
])("secret scope %s and %s: %s", (scope, target, covered) =>
  expect(scopeCovers("secret", scope, target)).toBe(covered),
);
