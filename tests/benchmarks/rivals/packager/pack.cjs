// Packs a folder with simple-scorm-packager and prints the seconds of each of three rounds: `node pack.cjs SOURCE OUT`.
const pack = require("simple-scorm-packager");

const [source, out] = process.argv.slice(2);

function once() {
  const begun = process.hrtime.bigint();
  const options = {
    version: "1.2",
    organization: "Benchmark",
    title: "Unit",
    language: "en",
    identifier: "unit",
    masteryScore: 70,
    startingPage: "index.html",
    source,
    package: { zip: true, name: "unit", outputFolder: out, version: "1.0.0", date: "2026-01-01" },
  };
  return new Promise((done) => {
    pack(options, () => done(Number(process.hrtime.bigint() - begun) / 1e9));
  });
}

(async () => {
  const rounds = [];
  for (let round = 0; round < 3; round += 1) rounds.push((await once()).toFixed(3));
  process.stdout.write(`\nseconds ${rounds.join(" ")}\n`);
})();
