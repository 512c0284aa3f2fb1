// Reads [[latex, display], …] from standard input and writes [{"html"} or {"error"}, …]: every formula of the book in one go.
import katex from "katex";
import { readFileSync } from "node:fs";

const formulas = JSON.parse(readFileSync(0, "utf8"));
const typeset = formulas.map(([latex, display]) => {
  try {
    return { html: katex.renderToString(latex, { displayMode: display, throwOnError: true, strict: "ignore", trust: false }) };
  } catch (error) {
    return { error: String(error.message) };
  }
});
process.stdout.write(JSON.stringify(typeset));
