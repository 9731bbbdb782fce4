// Runs the real engine of Firefox Translations, from its npm package, on one job.
//
//     node bergamot.js FOLDER_OF_THE_PACKAGE < job.json > answer.json
//
// A job names the files of a model and holds lists of texts, each list one call of the
// engine; the answer has the translations in the same lists and the seconds each call took,
// by the clock and of the processor.
// The package's own wrapper downloads models; here only its engine is loaded.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const folder = path.join(process.argv[2], "worker");
const job = JSON.parse(fs.readFileSync(0, "utf8"));

// What the engine imports for its products, and what it exports to do them itself.
const PRODUCTS = {
  int8_prepare_a: "int8PrepareAFallback",
  int8_prepare_b: "int8PrepareBFallback",
  int8_prepare_b_from_transposed: "int8PrepareBFromTransposedFallback",
  int8_prepare_b_from_quantized_transposed: "int8PrepareBFromQuantizedTransposedFallback",
  int8_prepare_bias: "int8PrepareBiasFallback",
  int8_multiply_and_add_bias: "int8MultiplyAndAddBiasFallback",
  int8_select_columns_of_b: "int8SelectColumnsOfBFallback",
};

globalThis.Module = {
  print: console.error,
  printErr: console.error,
  instantiateWasm(imports, done) {
    const products = Object.entries(PRODUCTS).map(([name, own]) => [
      name,
      (...values) => Module.asm[own](...values),
    ]);
    const binary = fs.readFileSync(path.join(folder, "bergamot-translator-worker.wasm"));
    WebAssembly.instantiate(binary, { ...imports, wasm_gemm: Object.fromEntries(products) }).then(
      (made) => done(made.instance),
    );
    return {};
  },
  onRuntimeInitialized: () => answer(Module),
};
globalThis.self = globalThis;
globalThis.require = require;
globalThis.__dirname = folder;
const script = path.join(folder, "bergamot-translator-worker.js");
vm.runInThisContext(fs.readFileSync(script, "utf8"), { filename: script });

function answer(engine) {
  const settings = {
    "beam-size": job.beam,
    normalize: 1.0,
    "word-penalty": 0,
    "cpu-threads": 0,
    "skip-cost": job.beam === 1,
    quiet: true,
    "quiet-translation": true,
    alignment: "soft",
    "max-length-break": job.longest,
    "mini-batch-words": Math.max(1024, 2 * job.longest * job.factor), // or it refuses
    workspace: 128,
    "max-length-factor": job.factor,
    "gemm-precision": job.precision,
    "ssplit-mode": "sentence", // one text is one sentence
  };
  const yaml = Object.entries(settings).map(([key, value]) => `${key}: ${value}\n`).join("");
  const load = (name, alignment) => {
    const data = name ? fs.readFileSync(name) : Buffer.alloc(0);
    const memory = new engine.AlignedMemory(data.length, alignment);
    if (data.length) memory.getByteArrayView().set(data);
    return memory;
  };
  const vocabularies = new engine.AlignedMemoryList();
  for (const name of job.vocabularies) vocabularies.push_back(load(name, 64));
  const model = new engine.TranslationModel(
    yaml, load(job.model, 256), load(job.shortlist, 64), vocabularies, null,
  );
  const service = new engine.BlockingService({ cacheSize: 0 });
  const batches = [];
  const seconds = [];
  const processor = [];
  for (const texts of job.batches) {
    const asked = new engine.VectorString();
    const options = new engine.VectorResponseOptions();
    for (const text of texts) {
      asked.push_back(text);
      options.push_back({ qualityScores: false, alignment: false, html: false });
    }
    const used = process.cpuUsage();
    const begin = process.hrtime.bigint();
    const found = service.translate(model, asked, options);
    seconds.push(Number(process.hrtime.bigint() - begin) / 1e9);
    const spent = process.cpuUsage(used);
    processor.push((spent.user + spent.system) / 1e6);
    const row = [];
    for (let at = 0; at < found.size(); at++) row.push(found.get(at).getTranslatedText());
    batches.push(row);
    for (const done of [found, asked, options]) done.delete();
  }
  fs.writeSync(1, JSON.stringify({ batches, seconds, processor }));
}
