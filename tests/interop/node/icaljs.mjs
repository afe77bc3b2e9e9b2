// Prints what ical.js reads from every calendar in a folder, a JSON line for each entry.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";

const folder = process.argv[2];
ICAL.design.strict = true;

function moment(entry, name) {
  const property = entry.getFirstProperty(name);
  if (!property) return null;
  const time = property.getFirstValue();
  if (time.isDate) return time.toString();
  if (time.zone === ICAL.Timezone.localTimezone) return "floating";
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".ics")).sort()) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(join(folder, file), "utf8")));
  const method = calendar.getFirstPropertyValue("method") ?? "";
  for (const entry of calendar.getAllSubcomponents()) {
    if (!["vevent", "vtodo"].includes(entry.name)) continue;
    const task = entry.name === "vtodo";
    console.log(JSON.stringify({
      file,
      method,
      kind: entry.name.toUpperCase(),
      uid: entry.getFirstPropertyValue("uid"),
      sequence: entry.getFirstPropertyValue("sequence"),
      status: entry.getFirstPropertyValue("status") ?? "",
      start: moment(entry, "dtstart"),
      end: moment(entry, task ? "due" : "dtend"),
      summary: entry.getFirstPropertyValue("summary"),
    }));
  }
}
