// Prints what node-ical reads from every calendar in a folder, a JSON line for each entry.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ical from "node-ical";

const folder = process.argv[2];
const two = (number) => String(number).padStart(2, "0");

// A day comes as that day's midnight where the process runs, with a mark that it is a day.
function moment(when) {
  if (!when) return null;
  if (when.dateOnly) return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  return when.toISOString().replace(".000Z", "Z");
}

// A property with parameters comes as an object with its value in `val`.
const plain = (value) => (typeof value === "object" && value !== null ? value.val : (value ?? ""));

// node-ical 0.25.6 turns `\n` into a newline before it looks for `\\` (the same in its `text()`), so that a backslash and
// an n come as a backslash and a newline. No summary of ours has a newline.
const line = (text) => text.replaceAll("\\\n", "\\n");

for (const file of readdirSync(folder).filter((name) => name.endsWith(".ics")).sort()) {
  const calendar = ical.sync.parseICS(readFileSync(join(folder, file), "utf8"));
  const method = plain(calendar.vcalendar?.method);
  for (const entry of Object.values(calendar)) {
    if (!["VEVENT", "VTODO"].includes(entry.type)) continue;
    console.log(JSON.stringify({
      file,
      method,
      kind: entry.type,
      uid: plain(entry.uid),
      sequence: Number(entry.sequence),
      status: plain(entry.status),
      start: moment(entry.start),
      end: moment(entry.type === "VTODO" ? entry.due : entry.end),
      summary: line(plain(entry.summary)),
    }));
  }
}
