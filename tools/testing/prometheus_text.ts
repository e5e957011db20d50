/** A strict reader of Prometheus' text format 0.0.4, for tests: whatever a scraper might stumble over is a fault. */

export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: MetricSample[];
}

export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;

/** Reads a whole page. @throws Error naming the line that is wrong. */
export function parsePrometheusText(text: string): MetricFamily[] {
  if (!text.endsWith("\n")) throw new Error("The page does not end with a line feed");
  const families = new Map<string, MetricFamily>();
  const seen = new Set<string>();
  let help: { name: string; text: string } | undefined;
  let family: MetricFamily | undefined;
  for (const line of text.split("\n")) {
    const wrong = (why: string) => new Error(`${why}: ${line}`);
    if (line === "") continue;
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (comment) {
      const [, kind = "", name = "", rest = ""] = comment;
      if (kind === "HELP") help = { name, text: rest };
      else {
        if (help?.name !== name) throw wrong("A type without its help before it");
        if (families.has(name)) throw wrong("A family for the second time");
        family = { name, help: help.text, type: rest, samples: [] };
        families.set(name, family);
      }
      continue;
    }
    const sample = readSample(line);
    if (!sample || !family || !belongs(sample.name, family)) throw wrong("A sample outside its family");
    const identity = line.slice(0, line.lastIndexOf(" "));
    if (seen.has(identity)) throw wrong("A sample for the second time");
    seen.add(identity);
    family.samples.push(sample);
  }
  return [...families.values()];
}

/** The value of one sample. @throws Error where there is none. */
export function sampleValue(
  families: readonly MetricFamily[],
  name: string,
  labels: Record<string, string> = {},
): number {
  const wanted = Object.entries(labels);
  for (const sample of families.flatMap(({ samples }) => samples)) {
    if (sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value)) return sample.value;
  }
  throw new Error(`There is no sample ${name} ${JSON.stringify(labels)}`);
}

function readSample(line: string): MetricSample | undefined {
  const [, name, labelText = "", valueText = ""] = SAMPLE.exec(line) ?? [];
  const value = valueText === "+Inf" ? Infinity : Number(valueText);
  const labels: Record<string, string> = {};
  let rest = labelText;
  while (rest !== "") {
    const match = LABEL.exec(rest);
    if (!match) return undefined;
    labels[match[1] ?? ""] = match[2] ?? "";
    rest = rest.slice(match[0].length);
  }
  return name === undefined || Number.isNaN(value) ? undefined : { name, labels, value };
}

function belongs(sample: string, { name, type }: MetricFamily): boolean {
  const endings = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
  return endings.some((ending) => sample === name + ending);
}
