// Looks for barriers: runs axe over pages in Chromium, light and dark, wide and narrow.
//
//   node axe.mjs ADDRESS...        needs chromedriver; exits 1 when anything is found

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PORT = 9519;
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const addresses = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "axe-"));
const driver = spawn("chromedriver", [`--port=${PORT}`, "--silent"], { stdio: "ignore" });
const base = `http://127.0.0.1:${PORT}`;
let findings = 0;

try {
  await ready();
  const session = await begin();
  for (const address of addresses) {
    for (const theme of ["light", "dark"]) {
      for (const width of [1440, 1000, 390]) findings += await look(session, address, theme, width);
    }
  }
  await fetch(session, { method: "DELETE" });
} finally {
  driver.kill();
  rmSync(profile, { recursive: true, force: true });
}
console.log(findings === 0 ? "No findings." : `${findings} findings.`);
process.exit(findings === 0 ? 0 : 1);

async function ready() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      if ((await fetch(`${base}/status`)).ok) return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("chromedriver does not answer");
}

async function post(url, body) {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(value.message);
  return value;
}

async function begin() {
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", `--user-data-dir=${profile}`];
  const value = await post(`${base}/session`, { capabilities: { alwaysMatch: { browserName: "chrome", "goog:chromeOptions": { args } } } });
  return `${base}/session/${value.sessionId}`;
}

async function look(session, address, theme, width) {
  await post(`${session}/goog/cdp/execute`, {
    cmd: "Emulation.setDeviceMetricsOverride", params: { width, height: 900, deviceScaleFactor: 1, mobile: width < 500 },
  });
  await post(`${session}/url`, { url: address });
  await post(`${session}/execute/sync`, { script: `document.documentElement.dataset.theme = ${JSON.stringify(theme)}`, args: [] });
  const violations = await post(`${session}/execute/async`, {
    script: `${axe}; const done = arguments[0]; axe.run({ resultTypes: ["violations"] }).then((r) => done(r.violations))`,
    args: [],
  });
  const wide = await post(`${session}/execute/sync`, { script: "return document.documentElement.scrollWidth - innerWidth", args: [] });
  const where = `${address} ${theme} ${width}`;
  if (wide > 0) console.log(`${where}: ${wide} pixels too wide`);
  for (const { id, help, nodes } of violations) {
    console.log(`${where}: ${id}: ${help}`);
    for (const node of nodes.slice(0, 4)) console.log(`    ${node.html.slice(0, 160)}\n    ${node.failureSummary.split("\n").slice(1, 2).join(" ")}`);
  }
  return violations.length + (wide > 0 ? 1 : 0);
}
