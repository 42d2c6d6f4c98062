// Runs axe-core on pages: in both schemes, at three widths, folded and unfolded. The page's own policy stays in force:
// axe runs in a world of its own.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [browserPath, ...pages] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const run = `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(found => JSON.stringify(found.violations.map(
  one => [one.id, one.impact, one.nodes.length, one.nodes[0].html.slice(0, 160)])))`;

const violations = async page => {
  const session = await page.createCDPSession();
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const contextId = world.executionContextId;
  await session.send("Runtime.evaluate", { expression: `${axe};0`, contextId });
  const answer = await session.send("Runtime.evaluate", { expression: run, awaitPromise: true, contextId });
  return JSON.parse(answer.result.value);
};

const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox"], headless: true });
let runs = 0, faults = 0;
const fault = (...what) => { faults += 1; console.log(...what); };
for (const path of pages) {
  for (const scheme of ["light", "dark"]) {
    for (const width of [390, 768, 1280]) {
      const page = await browser.newPage();
      page.on("console", said => fault(path, said.text()));
      page.on("pageerror", problem => fault(path, String(problem)));
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setViewport({ width, height: 900 });
      await page.goto(`file://${path}`);
      for (const unfolded of [false, true]) {
        if (unfolded) {
          await page.evaluate(() => {
            document.querySelectorAll("details").forEach(one => { one.open = true; });
            document.querySelectorAll("input.all").forEach(one => { one.checked = true; });
          });
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) fault(path, scheme, width, `is ${wide} wide`);
        for (const one of await violations(page)) fault(path, scheme, width, JSON.stringify(one));
        runs += 1;
      }
      await page.close();
    }
  }
}
await browser.close();
console.log(`page-check: ${runs} runs of axe-core, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
