// Import by Arcscope and by DuckDB in turn (A B A B …), each in a process of its own, to a file on disk.
//   node versus_duckdb.mjs [--pairs N] [--threads N] ARCSCOPE NODE_MODULES FILE…
// NODE_MODULES holds @duckdb/node-api; FILE is what arcscope_generate writes as otlpl, oi, events, chrome or chromelean. Needs
// GNU time at /usr/bin/time.
// Prints, per file, the medians of time, CPU (user + system) and peak memory of the whole process, of DuckDB also the time from
// opening its database to the end of its checkpoint, then the medians of the ratios of the pairs.
// DuckDB is given its best case: column types are stated, what repeats (resource, scope) is left out of OTLP, attributes of
// flat formats stay JSON, rows may come in any order.
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const quote = (text) => `'${text.replaceAll("'", "''")}'`;
const struct = (fields) => `STRUCT(${Object.entries(fields).map(([name, type]) => `"${name}" ${type}`).join(", ")})`;
const columns = (fields) => `{${Object.entries(fields).map(([name, type]) => `${quote(name)}: ${quote(type)}`).join(", ")}}`;

const status = struct({ code: "INTEGER", message: "VARCHAR" });
const anyValue = struct({
    stringValue: "VARCHAR", intValue: "BIGINT", doubleValue: "DOUBLE", boolValue: "BOOLEAN", arrayValue: "JSON", kvlistValue: "JSON",
});
const otlpSpan = struct({
    traceId: "VARCHAR", spanId: "VARCHAR", parentSpanId: "VARCHAR", flags: "UINTEGER", name: "VARCHAR", kind: "INTEGER",
    startTimeUnixNano: "UBIGINT", endTimeUnixNano: "UBIGINT", attributes: `${struct({ key: "VARCHAR", value: anyValue })}[]`,
    events: "JSON", status,
});
const otlp = { resourceSpans: `${struct({ scopeSpans: `${struct({ spans: `${otlpSpan}[]` })}[]` })}[]` };
const openInference = {
    name: "VARCHAR", context: struct({ trace_id: "VARCHAR", span_id: "VARCHAR", trace_state: "VARCHAR" }), kind: "VARCHAR",
    parent_id: "VARCHAR", start_time: "TIMESTAMP", end_time: "TIMESTAMP", status: struct({ status_code: "VARCHAR", description: "VARCHAR" }),
    attributes: "JSON", events: "JSON", links: "JSON", resource: "JSON",
};
const tokenEvents = { ts: "BIGINT", stream: "VARCHAR", event: "VARCHAR", data: "JSON" };
const chrome = {
    traceEvents: `${struct({
        name: "VARCHAR", cat: "VARCHAR", ph: "VARCHAR", ts: "DOUBLE", dur: "DOUBLE", pid: "BIGINT", tid: "BIGINT", args: "JSON",
    })}[]`,
};

/// What DuckDB runs for a file, by how the file begins.
function statementFor(file) {
    const head = Buffer.alloc(64);
    const input = openSync(file, "r");
    const begin = head.toString("latin1", 0, readSync(input, head));
    closeSync(input);
    const lines = (fields) => `read_json(${quote(file)}, format = 'newline_delimited', columns = ${columns(fields)}, maximum_object_size = 67108864)`;
    if (begin.startsWith('{"resourceSpans"'))
        return `CREATE TABLE spans AS SELECT unnest(span) FROM (SELECT unnest(g.spans) AS span FROM (SELECT unnest(r.scopeSpans) AS g
            FROM (SELECT unnest(resourceSpans) AS r FROM ${lines(otlp)})))`;
    if (begin.startsWith('{"name"'))
        return `CREATE TABLE spans AS SELECT * FROM ${lines(openInference)}`;
    if (begin.startsWith('{"ts"'))
        return `CREATE TABLE spans AS SELECT * FROM ${lines(tokenEvents)}`;
    return `CREATE TABLE spans AS SELECT unnest(event) FROM (SELECT unnest(traceEvents) AS event FROM read_json(${quote(file)},
        format = 'unstructured', columns = ${columns(chrome)}, maximum_object_size = ${statSync(file).size + 1024}))`;
}

/// The child: one import; prints seconds and rows.
async function importByDuckDb(modules, file, database, threads) {
    const { DuckDBInstance } = createRequire(join(resolve(modules), "x.js"))("@duckdb/node-api");
    const start = process.hrtime.bigint();
    const instance = await DuckDBInstance.create(database, { threads });
    const connection = await instance.connect();
    await connection.run("SET preserve_insertion_order = false");
    await connection.run(statementFor(file));
    await connection.run("CHECKPOINT");
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const rows = (await connection.runAndReadAll("SELECT count(*) FROM spans")).getRows()[0][0];
    writeSync(1, JSON.stringify({ seconds, rows: Number(rows) }));
    process.exit(0); // without what node tidies away
}

/// Runs a command under GNU time.
function measured(command) {
    const start = process.hrtime.bigint();
    const run = spawnSync("/usr/bin/time", ["-q", "-f", "\n%U %S %M", ...command], { encoding: "utf8" });
    const wall = Number(process.hrtime.bigint() - start) / 1e9;
    if (run.status !== 0)
        throw new Error(`${command.join(" ")}: ${run.stderr}`);
    const [user, system, peak] = run.stderr.trim().split("\n").pop().split(" ").map(Number);
    return { wall, cpu: user + system, peak: peak / 1024, out: run.stdout };
}

function median(values) {
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function compare(arcscope, modules, file, pairs, threads) {
    const folder = mkdtempSync(join(tmpdir(), "versus-"));
    const ours = [], theirs = [];
    try {
        for (let pair = 0; pair < pairs; ++pair) {
            const workspace = join(folder, `${pair}.arcscope`), database = join(folder, `${pair}.duckdb`);
            ours.push(measured([arcscope, "import", file, "--into", workspace]));
            ours.at(-1).stored = statSync(workspace).size / 1e6;
            const run = measured([process.execPath, fileURLToPath(import.meta.url), "--child", modules, file, database, String(threads)]);
            const { seconds, rows } = JSON.parse(run.out);
            theirs.push({ ...run, inner: seconds, rows, stored: statSync(database).size / 1e6 });
            rmSync(workspace);
            rmSync(database);
        }
    } finally {
        rmSync(folder, { recursive: true });
    }
    const middle = (runs, what) => median(runs.map((run) => run[what]));
    const ratio = (theirsWhat, oursWhat) => median(theirs.map((run, i) => run[theirsWhat] / ours[i][oursWhat])).toFixed(2);
    const cell = (value, digits, width) => value.toFixed(digits).padStart(width);
    const row = (runs) => `${cell(middle(runs, "wall"), 2, 6)} s  CPU ${cell(middle(runs, "cpu"), 2, 6)} s  peak ${cell(middle(runs, "peak"), 0, 5)} MB  stored ${cell(middle(runs, "stored"), 1, 6)} MB`;
    console.log(`${basename(file)}, ${(statSync(file).size / 1e6).toFixed(0)} MB, ${pairs} pairs`);
    console.log(`  Arcscope ${row(ours)}`);
    console.log(`  DuckDB   ${row(theirs)}  import alone ${cell(middle(theirs, "inner"), 2, 5)} s  ${theirs[0].rows} rows`);
    console.log(`  ratio    time ${ratio("wall", "wall")} (import alone ${ratio("inner", "wall")})  CPU ${ratio("cpu", "cpu")}  memory ${ratio("peak", "peak")}  stored ${ratio("stored", "stored")}`);
}

const words = process.argv.slice(2);
if (words[0] === "--child") {
    await importByDuckDb(words[1], words[2], words[3], Number(words[4]));
} else {
    const options = { "--pairs": 5, "--threads": 2 };
    while (words[0] in options)
        options[words.shift()] = Number(words.shift());
    const [arcscope, modules, ...files] = words;
    if (files.length === 0) {
        console.error("node versus_duckdb.mjs [--pairs N] [--threads N] ARCSCOPE NODE_MODULES FILE…");
        process.exit(2);
    }
    for (const file of files) {
        try {
            compare(arcscope, modules, resolve(file), options["--pairs"], options["--threads"]);
        } catch (error) {
            console.log(`${basename(file)}: ${error.message}`);
            process.exitCode = 1;
        }
    }
}
