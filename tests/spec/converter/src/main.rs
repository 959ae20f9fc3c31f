//! Turns the official test scripts into lines of JSON and binaries that a JavaScript engine can run.
//! Usage: spec-converter <folder of .wast files> <output folder>

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};
use wast::core::{HeapType, WastArgCore};
use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};
use wast::token::Id;
use wast::{QuoteWat, Wast, WastArg, WastDirective, WastExecute, WastInvoke, Wat};

struct Script {
    folder: PathBuf,
    stem: String,
    modules: usize,
    lines: String,
}

fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for unit in value.encode_utf16() {
        match unit {
            0x20..=0x7e if unit != 0x22 && unit != 0x5c => out.push(unit as u8 as char),
            _ => write!(out, "\\u{unit:04x}").unwrap(),
        }
    }
    out.push('"');
    out
}

fn id(value: Option<Id<'_>>) -> String {
    value.map_or("null".into(), |id| text(id.name()))
}

fn argument(arg: &WastArg<'_>) -> Option<String> {
    let WastArg::Core(arg) = arg else { return None };
    Some(match arg {
        WastArgCore::I32(v) => format!("[\"i32\",\"{v}\"]"),
        WastArgCore::I64(v) => format!("[\"i64\",\"{v}\"]"),
        WastArgCore::F32(v) => format!("[\"f32\",\"{}\"]", v.bits),
        WastArgCore::F64(v) => format!("[\"f64\",\"{}\"]", v.bits),
        WastArgCore::RefNull(HeapType::Abstract { .. }) => "[\"null\",\"0\"]".into(),
        WastArgCore::RefExtern(v) => format!("[\"extern\",\"{v}\"]"),
        _ => return None,
    })
}

impl Script {
    fn line(&mut self, line: String) {
        self.lines.push_str(&line);
        self.lines.push('\n');
    }

    fn file(&mut self, bytes: Option<Vec<u8>>) -> Option<String> {
        let bytes = bytes?;
        let name = format!("{}.{}.wasm", self.stem, self.modules);
        self.modules += 1;
        fs::write(self.folder.join(&name), bytes).expect("output folder is writable");
        Some(text(&name))
    }

    fn module(&mut self, kind: &str, name: Option<Id<'_>>, bytes: Option<Vec<u8>>) {
        if let Some(file) = self.file(bytes) {
            self.line(format!("{{\"op\":\"{kind}\",\"name\":{},\"file\":{file}}}", id(name)));
        }
    }

    fn invoke(&mut self, call: &WastInvoke<'_>) {
        let args: Option<Vec<_>> = call.args.iter().map(argument).collect();
        let args = args.map_or("null".into(), |args| format!("[{}]", args.join(",")));
        let line = format!(
            "{{\"op\":\"invoke\",\"module\":{},\"name\":{},\"args\":{args}}}",
            id(call.module),
            text(call.name)
        );
        self.line(line);
    }

    fn execute(&mut self, exec: WastExecute<'_>) {
        match exec {
            WastExecute::Invoke(call) => self.invoke(&call),
            WastExecute::Wat(mut wat) => {
                let bytes = wat.encode().ok();
                self.module("instantiate", None, bytes);
            }
            WastExecute::Get { module, global, .. } => {
                let line =
                    format!("{{\"op\":\"get\",\"module\":{},\"name\":{}}}", id(module), text(global));
                self.line(line);
            }
        }
    }

    fn quoted(&mut self, kind: &str, mut module: QuoteWat<'_>) {
        let name = module.name();
        let bytes = module.encode().ok();
        self.module(kind, name, bytes);
    }

    fn directive(&mut self, directive: WastDirective<'_>) {
        match directive {
            WastDirective::Module(module) => self.quoted("module", module),
            WastDirective::ModuleDefinition(module) => self.quoted("definition", module),
            WastDirective::ModuleInstance { instance, module, .. } => {
                let line =
                    format!("{{\"op\":\"instance\",\"name\":{},\"module\":{}}}", id(instance), id(module));
                self.line(line);
            }
            WastDirective::Register { name, module, .. } => {
                let line =
                    format!("{{\"op\":\"register\",\"as\":{},\"module\":{}}}", text(name), id(module));
                self.line(line);
            }
            WastDirective::AssertMalformed { module, .. } | WastDirective::AssertInvalid { module, .. } => {
                self.quoted("invalid", module)
            }
            WastDirective::Invoke(call) | WastDirective::AssertExhaustion { call, .. } => self.invoke(&call),
            WastDirective::AssertTrap { exec, .. }
            | WastDirective::AssertReturn { exec, .. }
            | WastDirective::AssertException { exec, .. } => self.execute(exec),
            WastDirective::AssertUnlinkable { mut module, .. } => {
                let bytes = Wat::encode(&mut module).ok();
                self.module("instantiate", None, bytes);
            }
            _ => {}
        }
    }
}

fn scripts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("input folder is readable") {
        let path = entry.expect("input folder is readable").path();
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "wast") {
            found.push(path);
        }
    }
}

fn convert(source: &Path, root: &Path, output: &Path) -> Result<(), wast::Error> {
    let stem = source.strip_prefix(root).unwrap().with_extension("");
    let stem = stem.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "__");
    let content = String::from_utf8_lossy(&fs::read(source).unwrap()).into_owned();
    let mut lexer = Lexer::new(&content);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer)?;
    let parsed = parser::parse::<Wast<'_>>(&buffer)?;
    let mut script = Script { folder: output.into(), stem, modules: 0, lines: String::new() };
    for directive in parsed.directives {
        script.directive(directive);
    }
    fs::write(output.join(format!("{}.jsonl", script.stem)), script.lines).expect("output folder is writable");
    Ok(())
}

fn main() {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [root, output] = arguments.as_slice() else { panic!("two folders are needed") };
    fs::create_dir_all(output).expect("output folder can be made");
    let mut found = Vec::new();
    scripts(root, &mut found);
    found.sort();
    for source in &found {
        if let Err(error) = convert(source, root, output) {
            println!("{}: {}", source.display(), error.message());
        }
    }
}
